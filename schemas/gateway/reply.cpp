#include "schemas/gateway/reply.hpp"

#include <fmt/format.h>

#include <utility>

#include "schemas/core/utf8.hpp"
#include "schemas/domain/busy.hpp"
#include "schemas/gateway/lenient_json.hpp"

namespace lockhub::gateway {

namespace {

using outcome = api_reply::outcome;

// Cut only when nothing secret stands in it: half of a PIN is half of a PIN.
std::string message_for(const wire::json_value& body, std::int64_t code, const secret& appsecret, const secret& pin) {
    constexpr std::size_t longest_bytes = 512;  // it is stored and shown
    auto text = body.text_of("msg");
    if (text.empty()) text = fmt::format("code {}", code);
    hide(text, appsecret);
    hide(text, pin);
    return std::string(clip_utf8(text, longest_bytes));
}

}  // namespace

const wire::json_value& api_reply::data() const {
    static const wire::json_value nothing;
    const auto* found = body.find("data");
    if (found && found->is_array()) found = found->items().empty() ? nullptr : &found->items().front();
    return found ? *found : nothing;
}

api_reply read_reply(const wire::http_response& response, const secret& appsecret, const secret& pin) {
    api_reply out;
    out.retry_after = wire::retry_after(response);
    if (response.status == 408 || response.status == 429 || response.status >= 500) {
        out.message = fmt::format("HTTP {}", response.status);
        out.busy = is_busy(response);
        return out;
    }
    auto body = wire::json_value::parse(without_trailing_commas(response.body));
    const auto code = body && body->is_object() ? body->integer_of("code") : std::nullopt;
    if (!code) {
        out.message = fmt::format("HTTP {} with a body that is no reply of the gateway", response.status);
        return out;
    }
    const bool success_status = response.status >= 200 && response.status < 300;
    if (*code == code_of_success && !success_status) {
        out.message = fmt::format("HTTP {} with code 1", response.status);
        return out;
    }
    out.code = *code;
    out.message = message_for(*body, *code, appsecret, pin);
    out.body = std::move(*body);
    out.kind = *code == code_of_success ? outcome::done : outcome::refused;
    out.busy = out.kind == outcome::refused && says_busy(out.message);
    out.refused = out.busy;
    if (out.busy) out.kind = outcome::unavailable;
    return out;
}

}  // namespace lockhub::gateway
