#include "dispatch/callback_request.hpp"

#include "schemas/quhuhu/callback.hpp"

namespace lockhub::dispatch {

namespace {

// Good for values that are never percent-encoded: event names and actionIds.
std::string_view field_of(std::string_view payload, std::string_view name_and_equals) {
    for (std::size_t at = 0; at < payload.size();) {
        const std::size_t end = std::min(payload.find('&', at), payload.size());
        const std::string_view field = payload.substr(at, end - at);
        if (field.starts_with(name_and_equals)) return field.substr(name_and_equals.size());
        at = end + 1;
    }
    return {};
}

}  // namespace

wire::http_request make_callback_request(const delivery_target& target, const storage::leased_delivery& delivery) {
    wire::http_request out;
    out.method = "POST";
    out.url = target.url(delivery.kind);
    out.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    out.body = target.sign ? quhuhu::sign_payload(delivery.payload, target.pms, target.key) : delivery.payload;
    return out;
}

std::string_view subject_of(std::string_view payload) {
    const std::string_view event = field_of(payload, "event=");
    return event.empty() ? field_of(payload, "actionId=") : event;
}

}  // namespace lockhub::dispatch
