// Reading the bodies of operator calls. A member nobody knows is refused: a filter with a typing error would otherwise
// change more rows than meant.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "hub/routes/operator_routes.hpp"
#include "schemas/core/suggestions.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::hub {

namespace {

using wire::json_value;

constexpr std::array<std::string_view, 13> known_members{
    "ids",     "state", "pms",   "hotel", "room", "action", "event", "error", "created_from_ms", "created_until_ms",
    "dry_run", "actor", "reason"};

result<> refuse_unknown(const json_value& body) {
    for (const auto& [name, value] : body.members()) {
        if (std::ranges::find(known_members, name) == known_members.end())
            return fail(errc::invalid_input,
                        fmt::format("unknown member '{}'{}", name, did_you_mean(name, known_members)));
    }
    return {};
}

result<> read_text(const json_value& body, std::string_view name, std::string& into) {
    const auto* member = body.find(name);
    if (member == nullptr) return {};
    if (member->type() != json_value::kind::string || member->text().empty())
        return fail(errc::invalid_input, fmt::format("'{}' must be a text that is not empty", name));
    into = member->text();
    return {};
}

template <class Value>
result<> read_word(const json_value& body, std::string_view name, std::optional<Value> (*from)(std::string_view),
                   std::optional<Value>& into) {
    std::string word;
    if (auto read = read_text(body, name, word); !read || word.empty()) return read;
    into = from(word);
    if (!into) return fail(errc::invalid_input, fmt::format("'{}' is no value of '{}'", word, name));
    return {};
}

result<> read_time(const json_value& body, std::string_view name, std::optional<time_point>& into) {
    const auto* member = body.find(name);
    if (member == nullptr) return {};
    const auto ms = member->integer();
    if (!ms || *ms < 0) return fail(errc::invalid_input, fmt::format("'{}' must be milliseconds since 1970", name));
    into = from_unix_ms(*ms);
    return {};
}

result<> read_ids(const json_value& body, std::vector<std::int64_t>& into) {
    const auto* ids = body.find("ids");
    if (ids == nullptr) return {};
    if (!ids->is_array() || ids->items().empty() || ids->items().size() > limits::operator_page_rows)
        return fail(errc::invalid_input,
                    fmt::format("'ids' must be a list of 1 to {} ids", limits::operator_page_rows));
    for (const auto& item : ids->items()) {
        const auto id = item.integer();
        if (!id) return fail(errc::invalid_input, "'ids' must be whole numbers");
        into.push_back(*id);
    }
    return {};
}

bool names_nothing(const storage::delivery_filter& filter) {
    return filter.ids.empty() && !filter.state && filter.pms.empty() && filter.hotel.empty() && filter.room.empty() &&
           filter.action.empty() && filter.event.empty() && !filter.why && !filter.created_from &&
           !filter.created_until;
}

}  // namespace

result<storage::operator_change> parse_outbox_change(storage::delivery_verb verb, std::string_view text) {
    const auto body = json_value::parse(text);
    if (!body) return fail(errc::invalid_input, "the body is no JSON: " + body.error().message);
    if (!body->is_object()) return fail(errc::invalid_input, "the body must be a JSON object");
    storage::operator_change change;
    change.verb = verb;
    auto& filter = change.filter;
    const std::array<result<>, 12> steps{
        refuse_unknown(*body),
        read_ids(*body, filter.ids),
        read_word(*body, "state", delivery_state_from, filter.state),
        read_text(*body, "pms", filter.pms),
        read_text(*body, "hotel", filter.hotel),
        read_text(*body, "room", filter.room),
        read_text(*body, "action", filter.action),
        read_text(*body, "event", filter.event),
        read_word(*body, "error", error_class_from, filter.why),
        read_time(*body, "created_from_ms", filter.created_from),
        read_time(*body, "created_until_ms", filter.created_until),
        read_text(*body, "actor", change.actor),
    };
    for (const auto& step : steps)
        if (!step) return std::unexpected(step.error());
    if (const auto* dry_run = body->find("dry_run")) {
        if (dry_run->type() != json_value::kind::boolean)
            return fail(errc::invalid_input, "'dry_run' must be true or false");
        change.dry_run = dry_run->text() == "true";
    }
    if (names_nothing(filter)) return fail(errc::invalid_input, "name one filter at least");
    if (const auto* reason = body->find("reason")) change.reason = reason->text();
    return change;
}

}  // namespace lockhub::hub
