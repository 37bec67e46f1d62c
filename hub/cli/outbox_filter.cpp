#include "hub/cli/outbox_filter.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "hub/cli/context.hpp"
#include "hub/config/event_patterns.hpp"
#include "schemas/core/suggestions.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

template <class Value>
result<> read_word(std::string_view option, const std::string& text, std::optional<Value> (*from)(std::string_view),
                   Value last, std::optional<Value>& into) {
    if (text.empty()) return {};
    into = from(text);
    if (into) return {};
    std::vector<std::string_view> known;
    for (int value = 0; value <= static_cast<int>(last); ++value) known.push_back(to_string(static_cast<Value>(value)));
    return fail(errc::invalid_input, fmt::format("{}: '{}' must be one of {}{}", option, text, fmt::join(known, ", "),
                                                 did_you_mean(text, known)));
}

result<> read_point(std::string_view option, const std::string& text, time_point now, std::optional<time_point>& into) {
    if (text.empty()) return {};
    const auto point = parse_point(option, text, now);
    if (!point) return std::unexpected(point.error());
    into = *point;
    return {};
}

result<> check_event(const std::string& event) {
    const auto names = event_names();
    if (event.empty() || std::ranges::find(names, event) != names.end()) return {};
    const std::vector<std::string_view> known(names.begin(), names.end());
    return fail(errc::invalid_input, fmt::format("--event: '{}' is no event{}", event, did_you_mean(event, known)));
}

}  // namespace

result<storage::delivery_filter> read_filter(const outbox_options& options, time_point now) {
    storage::delivery_filter filter;
    filter.ids = options.ids;
    filter.pms = options.pms;
    filter.hotel = options.hotel;
    filter.room = options.room;
    filter.action = options.action;
    filter.event = options.event;
    for (const auto& step :
         {read_word("--state", options.state, delivery_state_from, delivery_state::discarded, filter.state),
          read_word("--error", options.error_name, error_class_from, error_class::interrupted, filter.why),
          read_point("--since", options.since, now, filter.created_from),
          read_point("--until", options.until, now, filter.created_until), check_event(options.event)}) {
        if (!step) return std::unexpected(step.error());
    }
    return filter;
}

std::string change_body(const storage::delivery_filter& filter, bool dry_run, std::string_view actor_name,
                        std::string_view reason) {
    wire::json_writer json;
    json.begin_object();
    if (!filter.ids.empty()) {
        json.key("ids").begin_array();
        for (const auto id : filter.ids) json.value(id);
        json.end_array();
    }
    const auto text = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) json.member(name, value);
    };
    if (filter.state) text("state", to_string(*filter.state));
    text("pms", filter.pms);
    text("hotel", filter.hotel);
    text("room", filter.room);
    text("action", filter.action);
    text("event", filter.event);
    if (filter.why) text("error", to_string(*filter.why));
    if (filter.created_from) json.member("created_from_ms", to_unix_ms(*filter.created_from));
    if (filter.created_until) json.member("created_until_ms", to_unix_ms(*filter.created_until));
    text("actor", actor_name);
    text("reason", reason);
    return json.member("dry_run", dry_run).end_object().take();
}

bool names_nothing(const storage::delivery_filter& filter) {
    return filter.ids.empty() && !filter.state && filter.pms.empty() && filter.hotel.empty() && filter.room.empty() &&
           filter.action.empty() && filter.event.empty() && !filter.why && !filter.created_from &&
           !filter.created_until;
}

bool only_ids(const storage::delivery_filter& filter) {
    auto others = filter;
    others.ids.clear();
    return !filter.ids.empty() && names_nothing(others);
}

}  // namespace lockhub::hub
