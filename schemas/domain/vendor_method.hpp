#pragma once
// The methods of a lock cloud as its own document names them: what an operator can call by hand (`lockhub vendor call`)
// and what provisioning is made of. A row a method, in the document's order.
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "schemas/core/time.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub {

struct vendor_parameter {
    // How its value is checked and written. Callers give every value as text.
    enum class type : std::uint8_t {
        text,
        digits,        // a PIN, a phone number: leading zeros count
        boolean,       // true or false
        whole_number,  // a JSON number where the body is JSON
        text_list,     // a JSON list, or texts between commas; written as a JSON list
        json,          // written as it is given
        time_seconds,  // seconds since 1970, or "yyyy-MM-dd HH:mm:ss" in China time; written as seconds
        time_china,    // the same; written as "yyyy-MM-dd HH:mm:ss" in China time
        base64,        // a picture
        hex,           // a fingerprint: pairs of hexadecimal digits, with or without '-' between them
    };
    std::string_view name{};  // the wire's; spelling slips are mended here
    type what = type::text;
    bool required = false;
    bool secret = false;            // a PIN, a picture, a finger: never shown
    std::string_view other_name{};  // taken from the caller too: the document's slip, or what clients send
    bool sent_under_both = false;   // nobody can say which of the names the cloud reads
    bool from_account = false;      // the account's settings have it; what the caller gives takes its place
    std::int64_t lowest = std::numeric_limits<std::int64_t>::min();  // of a whole number; of digits: how many
    std::int64_t highest = std::numeric_limits<std::int64_t>::max();
};
std::string_view to_string(vendor_parameter::type what);  // "whole number", for people

// Of two parameters one at least must be given.
struct parameter_choice {
    std::string_view one{};
    std::string_view other{};
};

struct vendor_method {
    std::string_view name{};     // "add_password"
    std::string_view section{};  // of the document: "6.6"
    std::string_view http_method{};
    std::span<const vendor_parameter> parameters{};  // without what the codec adds itself: token, appid, nonce, …
    bool changes = false;                            // false: it only reads
    std::span<const parameter_choice> choices{};
    std::string_view other_name{};  // the document's slip, taken too
};

// What a lock cloud's answer says, whatever was asked of it.
enum class vendor_outcome : std::uint8_t {
    done,
    refused,
    token_refused,  // a new token may help; or, where there are none, another signature
    unavailable,    // overload, a server fault, or nothing that could be read
};
std::string_view to_string(vendor_outcome what);

// What the cloud said to such a call.
struct method_answer {
    using outcome = vendor_outcome;
    outcome what = outcome::unavailable;
    std::int64_t code = 0;
    std::string message;  // the vendor's text, or what is wrong with the answer; no secrets
    std::optional<duration> retry_after;
    bool busy = false;      // the cloud has too much to do, as reply::retry has it
    wire::json_value body;  // of done and refused; may carry secrets
};

}  // namespace lockhub
