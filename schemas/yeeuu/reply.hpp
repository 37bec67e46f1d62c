#pragma once
// What every answer of 云柚 has in common: HTTP status, `success`, `desc`. No codes were ever published.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/secret.hpp"
#include "schemas/core/time.hpp"
#include "schemas/domain/vendor_method.hpp"
#include "schemas/wire/http_message.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::yeeuu {

struct api_reply {
    // done: success true; refused: success false; token_refused: token错误, the secret or one of the two clocks.
    using outcome = vendor_outcome;

    outcome kind = outcome::unavailable;
    std::string message;  // the vendor's text, else what is wrong with the reply; what is hidden shows as ******
    wire::json_value body;
    std::optional<duration> retry_after;
    bool busy = false;     // unavailable: it has too much to do
    bool refused = false;  // busy in its own words: nothing was done
};

// The one text the document has: token错误, in any case.
bool is_token_error(std::string_view text);

// Reads the typographic quotes of the document's samples too. `hidden` never shows in the message.
api_reply read_reply(const wire::http_response& response, const std::vector<secret>& hidden);

// `count` of get_device_logs_page_count: a number or text.
std::optional<std::int64_t> read_page_count(const wire::json_value& body);

}  // namespace lockhub::yeeuu
