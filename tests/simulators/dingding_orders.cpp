// Installation orders of the simulated 丁盯 account: one a home, its owner's until the installer confirms it.
#include <fmt/format.h>

#include "tests/simulators/dingding_answers.hpp"
#include "tests/simulators/dingding_places.hpp"
#include "tests/simulators/push_body.hpp"

namespace lockhub::simulators {

namespace {

place_answer refused(std::int64_t number) {
    return {.number = number, .body = refusal_json(number), .home_gone = {}, .room_gone = {}};
}

place_answer fine(std::string_view more = {}) {
    return {.number = 0, .body = success_json(more), .home_gone = {}, .room_gone = {}};
}

bool is_time(std::int64_t value) {
    constexpr std::int64_t whole_day = 100, evening = 103, first_stamp = 1'000'000'000;
    return (value >= whole_day && value <= evening) || value >= first_stamp;
}

// What is given takes the place of what is there; false where it is no date or time.
bool take(const dingding_call& call, dingding_order& order) {
    const auto number = [&](std::string_view name, std::int64_t& into) {
        if (call.get(name).empty()) return true;
        const auto value = call.number(name);
        if (value) into = *value;
        return value.has_value();
    };
    const auto text = [&](std::string_view name, std::string& into) {
        if (call.parameters.contains(name)) into = call.get(name);
    };
    if (!number("date", order.date_s) || !number("time", order.time)) return false;
    text("name", order.name);
    text("phone", order.phone);
    text("note", order.note);
    return order.date_s > 0 && is_time(order.time) && !order.name.empty() && !order.phone.empty();
}

}  // namespace

std::string order_json(std::string_view home_id, const dingding_order& order) {
    const auto person = [](std::string_view name, std::string_view phone, std::string_view kind, std::int64_t date,
                           std::int64_t time, std::string_view note) {
        return fmt::format(R"({{"name":{},"phone":{},"{}_date":{},"{}_time":{},"note":{}}})", quoted(name),
                           quoted(phone), kind, date > 0 ? std::to_string(date) : "null", kind,
                           date > 0 ? std::to_string(time) : "null", quoted(note));
    };
    return fmt::format(
        R"({{"home_id":{},"description":"","stage":{},"demander":{},"installer":{},"ctime":{},"mtime":{}}})",
        quoted(home_id), order.confirmed ? 2 : 1,
        person(order.name, order.phone, "expect", order.date_s, order.time, order.note),
        person(order.installer, order.installer_phone, "confirm", order.confirmed_date_s, order.confirmed_time, ""),
        to_unix_ms(order.made_at) / 1000, to_unix_ms(order.changed_at) / 1000);
}

place_answer dingding_places::add_order(const dingding_call& call, time_point now) {
    auto* home = find(call.get("home_id"));
    if (!home) return refused(no_record);
    if (home->order) return refused(duplicate);
    dingding_order order;
    if (call.get("date").empty() || call.get("time").empty() || !take(call, order)) return refused(bad_parameter);
    order.made_at = order.changed_at = now;
    home->order = std::move(order);
    return fine();
}

place_answer dingding_places::update_order(const dingding_call& call, time_point now) {
    auto* home = find(call.get("home_id"));
    if (!home || !home->order) return refused(no_record);
    if (home->order->confirmed) return refused(not_allowed);
    auto changed = *home->order;
    if (!take(call, changed)) return refused(bad_parameter);
    changed.changed_at = now;
    home->order = std::move(changed);
    return fine();
}

place_answer dingding_places::find_orders(const dingding_call& call) const {
    std::string orders;
    for (const auto& id : items_of(call.get("home_id"))) {
        const auto found = homes_.find(id);
        if (found == homes_.end() || !found->second.order) continue;
        orders += fmt::format("{}{}:{}", orders.empty() ? "" : ",", quoted(id), order_json(id, *found->second.order));
    }
    return fine("\"result\":{" + orders + "}");
}

bool dingding_places::confirm_order(const wire::json_value& with, time_point now) {
    auto* home = find(with.text_of("home_id"));
    if (!home || !home->order) return false;
    auto& order = *home->order;
    order.confirmed = true;
    order.installer = with.text_of("name");
    order.installer_phone = with.text_of("phone");
    order.confirmed_date_s = with.integer_of("date").value_or(order.date_s);
    order.confirmed_time = with.integer_of("time").value_or(order.time);
    order.changed_at = now;
    home->install_state = 3;
    return true;
}

}  // namespace lockhub::simulators
