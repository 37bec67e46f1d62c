#include <fmt/format.h>

#include <algorithm>
#include <array>

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

void read_directory(section& in, pms_config& into) {
    using namespace std::chrono_literals;
    constexpr std::array keys{"hotels_url", "room_types_url", "rooms_url"};
    read_url(in, keys[0], false, into.hotels_url);
    read_url(in, keys[1], false, into.room_types_url);
    read_url(in, keys[2], false, into.rooms_url);
    const auto given = [&](const char* key) { return in.has(key); };
    const bool none = std::ranges::none_of(keys, given);
    if (!none && !std::ranges::all_of(keys, given))
        in.problem(*std::ranges::find_if(keys, given),
                   "'hotels_url', 'room_types_url' and 'rooms_url' go together: all three or none");
    constexpr duration shortest = 10s;
    if (!in.read("directory_sync_every", into.directory_sync_every, 0s, 24h * 30)) return;
    if (into.directory_sync_every != 0s && into.directory_sync_every < shortest)
        in.problem("directory_sync_every",
                   "'directory_sync_every' must be \"10s\" at least, or \"0\" for only when told");
    else if (into.directory_sync_every != 0s && none)
        in.problem("directory_sync_every",
                   "'directory_sync_every' needs 'hotels_url', 'room_types_url' and 'rooms_url'");
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
    read_directory(in, into);
    in.finish();
}

}  // namespace lockhub::hub
