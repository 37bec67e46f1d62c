#include "schemas/dingding/reply.hpp"

#include <fmt/format.h>

#include <utility>

#include "schemas/core/utf8.hpp"
#include "schemas/dingding/error_codes.hpp"
#include "schemas/domain/busy.hpp"

namespace lockhub::dingding {

namespace {

using outcome = api_reply::outcome;

std::string message_for(const wire::json_value& body, std::int64_t code) {
    constexpr std::size_t longest_bytes = 512;  // it is stored and shown
    if (const auto text = body.text_of("ErrMsg"); !text.empty()) return std::string(clip_utf8(text, longest_bytes));
    if (const auto meaning = describe_code(code); !meaning.empty()) return std::string(meaning);
    return fmt::format("ErrNo {}", code);
}

api_reply unavailable(std::string message, std::optional<duration> retry_after) {
    api_reply out;
    out.message = std::move(message);
    out.retry_after = retry_after;
    return out;
}

}  // namespace

api_reply read_reply(const wire::http_response& response) {
    const auto retry_after = wire::retry_after(response);
    if (response.status == 408 || response.status == 429 || response.status >= 500) {
        auto out = unavailable(fmt::format("HTTP {}", response.status), retry_after);
        out.busy = is_busy(response);
        return out;
    }
    api_reply out;
    out.retry_after = retry_after;
    auto body = wire::json_value::parse(response.body);
    const auto code = body && body->is_object() ? body->integer_of("ErrNo") : std::nullopt;
    if (response.status == 401) {
        out.kind = outcome::token_refused;
        out.code = code.value_or(response.status);
        out.message = code ? message_for(*body, *code) : "HTTP 401";
        return out;
    }
    if (!code) {
        return unavailable(fmt::format("HTTP {} with a body that is no reply of this API", response.status),
                           retry_after);
    }
    const bool success_status = response.status >= 200 && response.status < 300;
    if (*code == 0 && !success_status) {
        return unavailable(fmt::format("HTTP {} with ErrNo 0", response.status), retry_after);
    }
    out.code = *code;
    out.message = message_for(*body, *code);
    out.body = std::move(*body);
    out.kind = *code == 0 ? outcome::done : asks_for_token(*code) ? outcome::token_refused : outcome::refused;
    out.busy = out.kind == outcome::refused && says_busy(out.message);
    out.refused = out.busy;
    if (out.busy) out.kind = outcome::unavailable;
    return out;
}

std::optional<time_point> read_stamp(std::int64_t number) {
    constexpr std::int64_t largest_seconds = 100'000'000'000;
    constexpr std::int64_t largest_ms = largest_seconds * 1000;
    if (number <= 0 || number >= largest_ms) return std::nullopt;
    return from_unix_ms(number < largest_seconds ? number * 1000 : number);
}

}  // namespace lockhub::dingding
