#pragma once
// What every call carries first: who calls, when, a number used once, and the SHA-1 over the last two and the secret.
// Nothing else of a request is signed.
#include <string>
#include <string_view>

#include "schemas/wire/form.hpp"
#include "schemas/yeeuu/cloud.hpp"

namespace lockhub::yeeuu {

// Of one request; never used for a second.
struct signing {
    time_point now{};
    std::string_view nonce;
};

// Lower-case hex SHA-1 of the three joined; `timestamp` is in seconds.
std::string make_token(std::string_view timestamp, const secret& key, std::string_view nonce);

// partnerId, timestamp, nonstr, token.
wire::form signed_fields(const account_settings& settings, const signing& how);

}  // namespace lockhub::yeeuu
