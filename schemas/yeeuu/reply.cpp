#include "schemas/yeeuu/reply.hpp"

#include <fmt/format.h>

#include <utility>

#include "schemas/core/utf8.hpp"
#include "schemas/domain/busy.hpp"

namespace lockhub::yeeuu {

namespace {

using outcome = api_reply::outcome;
using wire::json_value;

void replace_all(std::string& text, std::string_view part, std::string_view by) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size())) {
        text.replace(at, part.size(), by);
    }
}

// Tried second, so that such quotes inside a proper text stay what they are.
result<json_value> parse(const std::string& text) {
    auto body = json_value::parse(text);
    if (body || text.find("“") == std::string::npos) return body;
    auto straight = text;
    replace_all(straight, "“", "\"");
    replace_all(straight, "”", "\"");
    return json_value::parse(straight);
}

std::optional<bool> read_success(const json_value& body) {
    const auto text = body.text_of("success");
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
    return std::nullopt;
}

// Cut only when nothing secret stands in it: half of a PIN is half of a PIN.
std::string message_of(const json_value& body, const std::vector<secret>& hidden) {
    constexpr std::size_t longest_bytes = 512;  // it is stored and shown
    auto text = body.text_of("desc");
    for (const auto& one : hidden) hide(text, one);
    return std::string(clip_utf8(text, longest_bytes));
}

}  // namespace

bool is_token_error(std::string_view text) {
    std::string message(text);
    for (char& c : message) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return message.find("token错误") != std::string::npos;
}

api_reply read_reply(const wire::http_response& response, const std::vector<secret>& hidden) {
    api_reply out;
    out.retry_after = wire::retry_after(response);
    if (response.status == 408 || response.status == 429 || response.status >= 500) {
        out.message = fmt::format("HTTP {}", response.status);
        out.busy = is_busy(response);
        return out;
    }
    auto body = parse(response.body);
    const auto success = body && body->is_object() ? read_success(*body) : std::nullopt;
    if (!success) {
        out.message = fmt::format("HTTP {} with a body that is no reply of 云柚", response.status);
        return out;
    }
    const bool success_status = response.status >= 200 && response.status < 300;
    if (*success && !success_status) {
        out.message = fmt::format("HTTP {} with success", response.status);
        return out;
    }
    out.message = message_of(*body, hidden);
    out.body = std::move(*body);
    if (*success) {
        out.kind = outcome::done;
    } else if (is_token_error(out.message)) {
        out.kind = outcome::token_refused;
        out.message += ": 云柚 refuses the signature; the secret is wrong, or this server's clock differs from 云柚's";
    } else if (says_busy(out.message)) {
        out.busy = out.refused = true;
    } else {
        out.kind = outcome::refused;
        if (out.message.empty()) out.message = "云柚 refused the call without a reason";
    }
    return out;
}

std::optional<std::int64_t> read_page_count(const json_value& body) {
    const auto count = body.integer_of("count");
    return count && *count >= 0 ? count : std::nullopt;
}

}  // namespace lockhub::yeeuu
