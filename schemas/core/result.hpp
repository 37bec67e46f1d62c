#pragma once
// Results of what may happen. Broken invariants and start-up failures are exceptions instead.
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace lockhub {

enum class errc {
    invalid_input,  // the caller's bytes or values are wrong: message says what and where
    unauthentic,    // signature missing or wrong
    not_found,
    conflict,     // the thing changed meanwhile: a moved lease token, a state that does not allow the verb
    too_large,    // a bound of limits.hpp was met
    unavailable,  // cannot be stored or reached now; trying later may help
    timeout,
    unsupported,
    internal,
};

std::string_view to_string(errc code);

struct error {
    errc code = errc::internal;
    std::string message;  // one sentence, no secrets

    bool operator==(const error&) const = default;
};

template <class T = void>
using result = std::expected<T, error>;

inline std::unexpected<error> fail(errc code, std::string message) {
    return std::unexpected<error>(error{code, std::move(message)});
}

}  // namespace lockhub
