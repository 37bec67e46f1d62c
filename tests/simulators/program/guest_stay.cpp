#include "tests/simulators/program/guest_stay.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/wire/json_value.hpp"
#include "tests/simulators/program/narrator.hpp"

namespace lockhub::simulators {

namespace {

constexpr auto longest_wait = std::chrono::seconds(5);
constexpr auto look_again_after = std::chrono::milliseconds(50);
constexpr auto one_night = std::chrono::hours(24);

text_fields check_in_fields(const demo_room& room, const std::string& pin, time_point now) {
    return {{"hotelNo", demo_hotel},
            {"roomId", room.room_id},
            {"pwd", pin},
            {"endTime", format_china_time(now + one_night)},
            {"operatorGuid", "op-77"},
            {"operatorName", "前台甲"}};
}

}  // namespace

std::string check_in_form(const demo_room& room, const std::string& pin, time_point now, const pms_registration& pms) {
    return signed_lockapi_form(check_in_fields(room, pin, now), pms);
}

guest_stay::guest_stay(places at, const demo_room& room) : at_(std::move(at)), room_(room) {}

task<void> guest_stay::play() {
    co_await check_in();
    if (at_.gateway) co_await make_card();
    co_await use_the_doors();
    co_await ask_for_state();
    co_await check_out();
}

task<wire::json_value> guest_stay::call(std::string method, text_fields fields) {
    if (at_.in.waits().stopping()) co_return wire::json_value();
    heard_before_ = at_.pms.pms().seen().size();
    wire::http_request request;
    request.url = fmt::format("{}/lockapi/{}/lock/{}.do", at_.hub_origin, at_.pms.pms().registration().id, method);
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
    request.body = signed_lockapi_form(std::move(fields), at_.pms.pms().registration());
    dispatch::transport_options options;
    options.timeout = std::chrono::seconds(30);
    options.private_addresses = true;
    auto answered = co_await at_.in.client().send(std::move(request), options);
    say("PMS", fmt::format("{}.do answered: {}", method, answered ? answered->body : answered.error().message));
    if (!answered) co_return wire::json_value();
    auto body = wire::json_value::parse(answered->body);
    co_return body ? std::move(*body) : wire::json_value();
}

task<void> guest_stay::hear(std::function<bool(const callback_seen&)> wanted) {
    const time_point until = at_.in.time().now() + longest_wait;
    while (!at_.in.waits().stopping() && at_.in.time().now() < until) {
        const auto& seen = at_.pms.pms().seen();
        const auto fresh = seen.begin() + static_cast<std::ptrdiff_t>(std::min(heard_before_, seen.size()));
        if (std::any_of(fresh, seen.end(), wanted)) co_return;
        co_await at_.in.waits().until(at_.in.time().now() + look_again_after);
    }
}

task<void> guest_stay::hear_of(std::string action_id) {
    co_await hear([action_id = std::move(action_id)](const callback_seen& callback) {
        return field(callback.fields, "actionId") == action_id;
    });
}

text_fields guest_stay::room_fields() const {
    return {{"hotelNo", demo_hotel}, {"roomId", room_.room_id}, {"operatorGuid", "op-77"}, {"operatorName", "前台甲"}};
}

task<void> guest_stay::check_in() {
    say("PMS",
        fmt::format("a guest checks in to room {}: POST /lockapi/demopms/lock/enableGuestPwd.do", room_.room_no));
    pin_ = fmt::format("{:06}", at_.in.random()() % 1'000'000);
    const auto answer = co_await call("enableGuestPwd", check_in_fields(room_, pin_, at_.in.time().now()));
    if (const auto* data = answer.find("data")) co_await hear_of(data->text_of("actionId"));
}

task<void> guest_stay::make_card() {
    text_fields fields = room_fields();
    fields.emplace_back("readCardId", demo_reader);
    fields.emplace_back("endTime", format_china_time(at_.in.time().now() + one_night));
    card_id_ = at_.gateway->box().put_card();
    say("前台", fmt::format("a blank card {} lies on the reader {}", card_id_, demo_reader));
    const auto answer = co_await call("addRoomCard", std::move(fields));
    co_await hear_of(answer.text_of("data"));
    at_.gateway->box().take_card();
}

void guest_stay::try_the_pin(const char* expected) {
    auto* lock = at_.cloud.cloud().find_lock(room_.lock_uuid);
    lock->settle(at_.in.time().now());
    const auto found = std::ranges::find_if(
        lock->pins, [&](const auto& entry) { return entry.second.on_lock && entry.second.values.digits == pin_; });
    if (found == lock->pins.end()) {
        say("门", fmt::format("room {}: the PIN opens nothing ({})", room_.room_no, expected));
        return;
    }
    say("门", fmt::format("room {}: opened with the PIN ({})", room_.room_no, expected));
    at_.cloud.pushes().schedule(
        at_.cloud.cloud().open_by_pin(room_.lock_uuid, found->first, at_.in.time().now(), at_.in.random()));
}

task<void> guest_stay::use_the_doors() {
    heard_before_ = at_.pms.pms().seen().size();
    try_the_pin("as it should");
    co_await hear([](const callback_seen& callback) { return field(callback.fields, "event") == "lock.opened"; });
    if (at_.gateway) {
        const auto door = at_.gateway->box().open_by_card(room_.rm_id, card_id_, at_.in.time().now());
        say("门", fmt::format("room {}: the card {}", room_.room_no,
                              door.opens ? "opens the door" : "opens nothing: " + door.why));
    }
    heard_before_ = at_.pms.pms().seen().size();
    at_.cloud.pushes().schedule(
        at_.cloud.cloud().battery_alarm(room_.lock_uuid, 9, at_.in.time().now(), at_.in.random()));
    co_await hear([](const callback_seen& callback) { return field(callback.fields, "event") == "lock.battery_low"; });
}

task<void> guest_stay::ask_for_state() {
    text_fields fields = room_fields();
    fields[1].first = "roomIds";
    co_await call("queryStateBatch", std::move(fields));
}

task<void> guest_stay::check_out() {
    say("PMS", fmt::format("the guest of room {} checks out", room_.room_no));
    if (at_.gateway) {
        at_.gateway->box().put_card(card_id_);
        text_fields fields{{"hotelNo", demo_hotel},
                           {"readCardId", demo_reader},
                           {"operatorGuid", "op-77"},
                           {"operatorName", "前台甲"}};
        const auto answer = co_await call("returnRoomCard", std::move(fields));
        co_await hear_of(answer.text_of("data"));
        at_.gateway->box().take_card();
    }
    co_await call("disableGuestPwd", room_fields());
    const time_point until = at_.in.time().now() + std::chrono::seconds(1);
    co_await at_.in.waits().until(until);
    try_the_pin("the guest has left");
    if (at_.gateway) {
        const auto door = at_.gateway->box().open_by_card(room_.rm_id, card_id_, at_.in.time().now());
        say("门", fmt::format("room {}: the card {}", room_.room_no,
                              door.opens ? "still opens the door" : "opens nothing: " + door.why));
    }
}

}  // namespace lockhub::simulators
