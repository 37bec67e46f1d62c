#include "storage/sqlite/delivery_query.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lockhub::storage::sqlite {

void condition::add(std::string_view term, bound_value value) {
    sql += fmt::format(" AND {}", term);
    values.push_back(std::move(value));
}

condition condition_of(const delivery_filter& f) {
    condition out{.sql = "1", .values = {}};
    if (!f.ids.empty())
        out.add("o.delivery_id IN (SELECT value FROM json_each(?))", fmt::format("[{}]", fmt::join(f.ids, ",")));
    if (f.state) out.add("o.state = ?", std::string(to_string(*f.state)));
    if (!f.pms.empty()) out.add("o.pms_id = ?", f.pms);
    if (!f.hotel.empty()) out.add("o.hotel_no = ?", f.hotel);
    if (!f.room.empty()) out.add("o.room_id = ?", f.room);
    if (!f.action.empty()) out.add("o.action_id = ?", f.action);
    if (!f.event.empty()) out.add("o.event = ?", f.event);
    if (f.why) out.add("o.why = ?", std::string(to_string(*f.why)));
    if (f.created_from) out.add("o.created_at_ms >= ?", to_unix_ms(*f.created_from));
    if (f.created_until) out.add("o.created_at_ms < ?", to_unix_ms(*f.created_until));
    return out;
}

std::string describe(const delivery_filter& f) {
    std::string out;
    const auto add = [&out](std::string_view name, std::string_view value) {
        if (!out.empty()) out += ' ';
        out += fmt::format("{}={}", name, value);
    };
    if (!f.ids.empty()) add("ids", fmt::format("{}", fmt::join(f.ids, ",")));
    if (f.state) add("state", to_string(*f.state));
    if (!f.pms.empty()) add("pms", f.pms);
    if (!f.hotel.empty()) add("hotel", f.hotel);
    if (!f.room.empty()) add("room", f.room);
    if (!f.action.empty()) add("action", f.action);
    if (!f.event.empty()) add("event", f.event);
    if (f.why) add("why", to_string(*f.why));
    if (f.created_from) add("from", format_utc(*f.created_from));
    if (f.created_until) add("until", format_utc(*f.created_until));
    return out.empty() ? "all" : out;
}

}  // namespace lockhub::storage::sqlite
