#include "schemas/wire/cidr.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace lockhub::wire {

namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned mapped_bits = 96;

bool bit_set(const std::array<std::uint8_t, 16>& bytes, unsigned bit) {
    return (bytes[bit / 8] >> (7 - bit % 8) & 1) != 0;
}

std::optional<unsigned> parse_prefix(std::string_view digits, unsigned most) {
    unsigned bits = 0;
    const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (ec != std::errc{} || end != digits.data() + digits.size() || bits > most) return std::nullopt;
    return bits;
}

}  // namespace

ip_address ip_address::from_v4(const std::array<std::uint8_t, 4>& bytes) {
    ip_address address;
    std::ranges::copy(mapped_prefix, address.bytes_.begin());
    std::ranges::copy(bytes, address.bytes_.begin() + mapped_prefix.size());
    return address;
}

ip_address ip_address::from_v6(const std::array<std::uint8_t, 16>& bytes) {
    ip_address address;
    address.bytes_ = bytes;
    return address;
}

std::optional<ip_address> ip_address::parse(std::string_view text) {
    const std::string terminated(text);
    if (terminated.find('\0') != std::string::npos) return std::nullopt;
    std::array<std::uint8_t, 4> v4{};
    if (inet_pton(AF_INET, terminated.c_str(), v4.data()) == 1) return from_v4(v4);
    std::array<std::uint8_t, 16> v6{};
    if (inet_pton(AF_INET6, terminated.c_str(), v6.data()) == 1) return from_v6(v6);
    return std::nullopt;
}

bool ip_address::is_v4() const {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes_.begin());
}

std::array<std::uint8_t, 4> ip_address::v4_bytes() const {
    return {bytes_[12], bytes_[13], bytes_[14], bytes_[15]};
}

std::string ip_address::text() const {
    std::array<char, INET6_ADDRSTRLEN> out{};
    if (is_v4()) {
        const auto v4 = v4_bytes();
        inet_ntop(AF_INET, v4.data(), out.data(), out.size());
    } else {
        inet_ntop(AF_INET6, bytes_.data(), out.data(), out.size());
    }
    return out.data();
}

result<cidr> cidr::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = ip_address::parse(text.substr(0, slash));
    if (!address) {
        return fail(errc::invalid_input, fmt::format("'{}' is no address block (like 10.0.0.0/8 or fd00::/8)", text));
    }
    cidr block;
    block.network_ = *address;
    if (slash == std::string_view::npos) return block;

    const unsigned most = address->is_v4() ? 32 : 128;
    const auto bits = parse_prefix(text.substr(slash + 1), most);
    if (!bits) {
        return fail(errc::invalid_input, fmt::format("'{}': the prefix length must be 0 to {}", text, most));
    }
    block.prefix_bits_ = address->is_v4() ? mapped_bits + *bits : *bits;
    for (unsigned bit = block.prefix_bits_; bit < 128; ++bit) {
        if (bit_set(address->bytes(), bit)) {
            return fail(errc::invalid_input,
                        fmt::format("'{}' has address bits set beyond its prefix of {}", text, *bits));
        }
    }
    return block;
}

bool cidr::contains(const ip_address& address) const {
    if (address.is_v4() != network_.is_v4()) return false;
    const unsigned whole = prefix_bits_ / 8;
    if (!std::equal(address.bytes().begin(), address.bytes().begin() + whole, network_.bytes().begin())) return false;
    const unsigned rest = prefix_bits_ % 8;
    if (rest == 0) return true;
    return (address.bytes()[whole] ^ network_.bytes()[whole]) >> (8 - rest) == 0;
}

std::string cidr::text() const {
    return fmt::format("{}/{}", network_.text(), network_.is_v4() ? prefix_bits_ - mapped_bits : prefix_bits_);
}

result<cidr_list> cidr_list::parse(std::span<const std::string> texts) {
    cidr_list list;
    for (const auto& text : texts) {
        auto block = cidr::parse(text);
        if (!block) return std::unexpected(std::move(block.error()));
        list.blocks_.push_back(*block);
    }
    return list;
}

bool cidr_list::contains(const ip_address& address) const {
    return std::ranges::any_of(blocks_, [&](const cidr& block) { return block.contains(address); });
}

}  // namespace lockhub::wire
