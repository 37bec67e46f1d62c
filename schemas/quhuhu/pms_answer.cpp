#include "schemas/quhuhu/pms_answer.hpp"

#include <fmt/format.h>

#include "schemas/core/limits.hpp"
#include "schemas/core/utf8.hpp"

namespace lockhub::quhuhu {

std::string_view without_byte_order_mark(std::string_view body) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (body.starts_with(byte_order_mark)) body.remove_prefix(byte_order_mark.size());
    return body;
}

bool says_done(const wire::json_value& code) {
    if (code.type() == wire::json_value::kind::number) return code.integer() == 0;
    return code.type() == wire::json_value::kind::string && code.text() == "0";
}

std::string message_of(const wire::json_value& answer) {
    const auto msg = answer.text_of("msg");
    return std::string(clip_utf8(msg.empty() ? answer.text_of("message") : msg, limits::pms_message_bytes));
}

std::string refusal_text(const wire::json_value& code, std::string_view message) {
    return fmt::format("code {}{}{}", clip_utf8(code.text(), 32), message.empty() ? "" : ": ", message);
}

error_class class_of_status(int http_status) {
    if (http_status == 429) return error_class::http_429;
    if (http_status >= 300 && http_status < 400) return error_class::http_3xx;
    if (http_status >= 400 && http_status < 500) return error_class::http_4xx;
    return error_class::http_5xx;
}

}  // namespace lockhub::quhuhu
