#pragma once
// What every answer of 丁盯's API has in common: HTTP status, ErrNo, ErrMsg.
#include <cstdint>
#include <optional>
#include <string>

#include "schemas/core/time.hpp"
#include "schemas/domain/vendor_method.hpp"
#include "schemas/wire/http_message.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::dingding {

struct api_reply {
    using outcome = vendor_outcome;  // done: ErrNo 0; refused: any other

    outcome kind = outcome::unavailable;
    std::int64_t code = 0;
    std::string message;  // the vendor's text, else the meaning of the code, else what is wrong with the reply
    wire::json_value body;
    std::optional<duration> retry_after;
    bool busy = false;     // unavailable: it has too much to do
    bool refused = false;  // busy in its own words: nothing was done
};

api_reply read_reply(const wire::http_response& response);

// A stamp whose unit nobody documented: seconds, or milliseconds where seconds would lie far beyond the year 5000.
std::optional<time_point> read_stamp(std::int64_t number);

}  // namespace lockhub::dingding
