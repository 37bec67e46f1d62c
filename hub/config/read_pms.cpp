#include <fmt/format.h>

#include "hub/config/event_patterns.hpp"
#include "hub/config/sections.hpp"
#include "schemas/core/suggestions.hpp"

namespace lockhub::hub {

namespace {

// The id is a part of the path /lockapi/{id}/…, so it must read there as it stands.
bool fits_a_path(std::string_view id) {
    for (const char c : id) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && c != '-' && c != '_' && c != '.' && c != '~') return false;
    }
    return true;
}

void read_events(section& in, std::vector<std::string>& into) {
    into = default_events();
    std::vector<std::string> patterns;
    if (!in.read("events", patterns)) return;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        if (is_event_pattern(patterns[i])) continue;
        const auto names = event_names();
        const std::vector<std::string_view> known(names.begin(), names.end());
        in.problems().add(in.item_at("events", i),
                          fmt::format("'{}' in 'events' is no event{}", patterns[i], did_you_mean(patterns[i], known)));
    }
    into = std::move(patterns);
}

}  // namespace

void read_pms(const setting& table, pms_config& into, findings& found) {
    section in(table, "[[pms]]", found.problems);
    into.location = in.at().text();
    in.require("id", into.id);
    if (into.id.size() > limits::id_bytes || !fits_a_path(into.id))
        in.problem("id",
                   fmt::format("'id' must be letters, digits, '-', '_', '.' or '~', {} at most", limits::id_bytes));
    in.read("enabled", into.enabled);
    read_secret(in, "key", "key_file", into.key, found);
    in.read("sign_callbacks", into.sign_callbacks);
    in.read("allow_legacy_hmac", into.allow_legacy_hmac);
    in.read("private_addresses", into.private_addresses);
    read_url(in, "password_url", false, into.password_url);
    read_url(in, "event_url", false, into.event_url);
    read_url(in, "make_card_url", false, into.make_card_url);
    read_url(in, "query_card_url", false, into.query_card_url);
    read_url(in, "return_card_url", false, into.return_card_url);
    read_events(in, into.events);
    if (in.has("events") && !into.events.empty() && into.event_url.empty() && !in.has("event_url"))
        in.problem("events", "'events' needs 'event_url'");
    in.finish();
}

}  // namespace lockhub::hub
