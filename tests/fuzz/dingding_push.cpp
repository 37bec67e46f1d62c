// Any bytes as a push body: both content types, both ways of telling them apart.
#include <cstdint>

#include "schemas/core/utf8.hpp"
#include "schemas/dingding/cloud.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/fuzz/require.hpp"

using namespace lockhub;
using lockhub::fuzz::require;

namespace {

constexpr std::string_view url = "https://hub.example.com/in/dd/k7Qm2/event";

std::unique_ptr<lock_cloud> make(dingding::sign_policy policy) {
    return dingding::make_cloud({.account = account_id("dd-main"),
                                 .event_url = std::string(url),
                                 .result_url = "https://hub.example.com/in/dd/k7Qm2/result",
                                 .sign = policy,
                                 .base_url = "http://127.0.0.1:9101/openapi/v1",
                                 .client_id = "demo",
                                 .client_secret = secret("demo-secret")});
}

void check_content(const parsed_push& push) {
    require(!push.name.empty(), "a push has a name");
    require(push.key.order >= 0, "the order of a push is not negative");
    require(is_utf8(push.name) && is_utf8(push.device_uuid) && is_utf8(push.home_id), "what is kept is UTF-8");
    if (push.is_result()) return;
    const auto& events = std::get<std::vector<lock_event>>(push.content);
    require(!events.empty(), "an event push has an event");
    for (const auto& event : events) {
        require(!event.occurred_at || to_unix_ms(*event.occurred_at) > 0, "times are after 1970");
        require(!event.battery_percent || (*event.battery_percent >= 0 && *event.battery_percent <= 100), "percent");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto lenient = make(dingding::sign_policy::if_present);
    static const auto strict = make(dingding::sign_policy::required);
    const std::string_view body(reinterpret_cast<const char*>(data), size);

    for (const std::string_view type : {"application/json", "application/x-www-form-urlencoded", ""}) {
        const auto first = lenient->parse_push({url, type, body});
        const auto again = lenient->parse_push({url, type, body});
        require(first.has_value() == again.has_value(), "the same body reads the same twice");
        const auto signed_only = strict->parse_push({url, type, body});
        require(!signed_only || first, "what is taken with a required sign is taken without");
        if (!first) {
            require(wire::json_value::parse(lenient->refuse(first.error())).has_value(), "a refusal is JSON");
            continue;
        }
        require(first->key == again->key, "a repeat has the same key");
        if (type == "application/json") {
            const auto value = wire::json_value::parse(body);
            require(value && value->is_object(), "a JSON push is a JSON object");
        }
        check_content(*first);
    }
    return 0;
}
