#include "storage/sqlite/sealing.hpp"

#include <array>
#include <bit>
#include <stdexcept>

namespace lockhub::storage::sqlite {

std::string sealing::seal(std::string_view plain, std::string_view context) {
    std::array<std::byte, wire::seal_nonce_bytes> nonce{};
    random_.fill(nonce);
    return sealer_.seal(plain, context, nonce);
}

secret sealing::open(std::string_view sealed, std::string_view context) const {
    auto plain = sealer_.open(sealed, context);
    if (!plain) throw std::runtime_error("a sealed value does not open: " + plain.error().message);
    return *std::move(plain);
}

bool sealing::opens(std::string_view sealed, std::string_view context) const {
    return sealer_.open(sealed, context).has_value();
}

std::uint32_t sealing::random_number() {
    std::array<std::byte, 4> bytes{};
    random_.fill(bytes);
    return std::bit_cast<std::uint32_t>(bytes);
}

}  // namespace lockhub::storage::sqlite
