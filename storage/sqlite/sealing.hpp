#pragma once
// Sealing with fresh nonces, and the other random numbers units need.
#include <string>
#include <string_view>

#include "schemas/core/clock.hpp"
#include "schemas/wire/sealed.hpp"

namespace lockhub::storage::sqlite {

class sealing {
  public:
    sealing(secret key, entropy& random) : sealer_(std::move(key)), random_(random) {}

    std::string seal(std::string_view plain, std::string_view context);
    // Throws std::runtime_error when the bytes were not sealed by this key for this context.
    secret open(std::string_view sealed, std::string_view context) const;
    const wire::sealer& key() const { return sealer_; }
    bool opens(std::string_view sealed, std::string_view context) const;

    std::uint32_t random_number();

  private:
    wire::sealer sealer_;
    entropy& random_;
};

}  // namespace lockhub::storage::sqlite
