#pragma once
// What every answer of the gateway has in common: HTTP status, code, msg, data.
#include <cstdint>
#include <optional>
#include <string>

#include "schemas/core/secret.hpp"
#include "schemas/core/time.hpp"
#include "schemas/domain/vendor_method.hpp"
#include "schemas/wire/http_message.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::gateway {

inline constexpr std::int64_t code_of_success = 1;

struct api_reply {
    using outcome = vendor_outcome;  // done: code 1; refused: any other; never token_refused

    outcome kind = outcome::unavailable;
    std::int64_t code = 0;
    std::string message;  // the gateway's text, else "code N", else what is wrong with the reply
    wire::json_value body;
    std::optional<duration> retry_after;
    bool busy = false;     // unavailable: it has too much to do
    bool refused = false;  // busy in its own words: nothing was done

    // `data`, or the first thing in it where it is a list; an empty value where there is none.
    const wire::json_value& data() const;
};

// A gateway may repeat in `msg` what it was sent: neither of the secrets stands in the message.
api_reply read_reply(const wire::http_response& response, const secret& appsecret, const secret& pin);

}  // namespace lockhub::gateway
