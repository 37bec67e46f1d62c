#pragma once
// Encryption at rest: AES-256-GCM. A sealed text is  version(1) ‖ nonce(12) ‖ ciphertext ‖ tag(16).
// The nonce comes from the caller (no randomness in this layer) and must never repeat under one key.
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"
#include "schemas/core/secret.hpp"

namespace lockhub::wire {

inline constexpr std::size_t seal_key_bytes = 32;
inline constexpr std::size_t seal_nonce_bytes = 12;

class sealer {
  public:
    // Throws std::invalid_argument unless the key has 32 bytes.
    explicit sealer(secret key);

    // `context` is authenticated, not stored: what was sealed for one place does not open in another.
    std::string seal(std::string_view plain, std::string_view context,
                     std::span<const std::byte, seal_nonce_bytes> nonce) const;
    // Fails (unauthentic) for another key, another context or changed bytes.
    result<secret> open(std::string_view sealed, std::string_view context) const;

  private:
    secret key_;
};

}  // namespace lockhub::wire
