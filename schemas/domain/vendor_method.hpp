#pragma once
// The methods of a lock cloud as its own document names them: what an operator can call by hand (`lockhub vendor call`)
// and what provisioning is made of. A row a method, in the document's order.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "schemas/core/time.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub {

struct vendor_parameter {
    enum class type { text, whole_number, json, time_seconds, time_china };  // how its value is checked and written
    std::string_view name;  // the wire's; spelling slips are mended here
    type what = type::text;
    bool required = false;
    bool secret = false;  // a PIN, a picture, a finger: never shown
};

struct vendor_method {
    std::string_view name;     // "add_password"
    std::string_view section;  // of the document: "6.6"
    std::string_view http_method;
    std::span<const vendor_parameter> parameters;  // without what the codec adds itself: token, appid, nonce, …
    bool changes = false;                          // false: it only reads
};

// What the cloud said to such a call.
struct method_answer {
    enum class outcome { done, refused, token_refused, unavailable };
    outcome what = outcome::unavailable;
    std::int64_t code = 0;
    std::string message;  // the vendor's text, or what is wrong with the answer; no secrets
    std::optional<duration> retry_after;
    wire::json_value body;  // of done and refused; may carry secrets
};

}  // namespace lockhub
