#include "tests/simulators/gateway_box.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lockhub::simulators {

namespace {

constexpr std::size_t log_entries = 10'000;  // beyond: the oldest go

bool is_pin(std::string_view text) {
    return text.size() >= 6 && text.size() <= 10 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_known(std::string_view name) {
    constexpr std::array all{"GetRoomList",      "MarkRoomCard",       "ClearRoomCard",       "ReadCard",
                             "MakeOffline",      "GatewayStopOffline", "GatewayUploadOnline", "GatewayStopOnline",
                             "GatewayOpen",      "GatewayUploadFace",  "GatewayStopFace",     "GatewayUploadFinger",
                             "GatewayStopFinger"};
    return std::ranges::find(all, name) != all.end();
}

}  // namespace

gateway_box::gateway_box(gateway_registration registration) : registration_(std::move(registration)) {
    fill_board();
}

gateway_room& gateway_box::add_room(std::string rm_id, std::string name) {
    gateway_room& room = rooms_[rm_id];
    room.rm_id = std::move(rm_id);
    room.name = std::move(name);
    return room;
}

gateway_room* gateway_box::find_room(std::string_view rm_id) {
    const auto found = rooms_.find(rm_id);
    return found == rooms_.end() ? nullptr : &found->second;
}

std::vector<std::string> gateway_box::room_ids() const {
    std::vector<std::string> out;
    for (const auto& [rm_id, room] : rooms_) out.push_back(rm_id);
    return out;
}

answer gateway_box::handle(const wire::http_request& request, time_point now, random_source& random) {
    answer out;
    out.delay = knobs.answer_delay;
    const auto call = read_gateway_call(request, knobs.body);
    if (!call) {
        remember({}, 0, call.error().message, now);
        out.response = json_response(gateway_outcome::refused(call.error().message).json(knobs.style),
                                     call.error().code == errc::not_found ? 404 : 200);
        return out;
    }
    const bool aimed_at = knobs.only_verb.empty() || knobs.only_verb == call->name;
    const auto strikes = [&](fault& f) { return aimed_at && f.strikes(random); };
    meter_.count(call->name, now);
    if (strikes(knobs.load.busy)) {
        remember(*call, 0, "busy by knob", now);
        out.response =
            busy_response(knobs.load, gateway_outcome{.code = 0, .message = std::string(busy_text)}.json(knobs.style));
        return out;
    }
    if (strikes(knobs.drop)) {
        remember(*call, 0, "dropped", now);
        return out;
    }
    if (strikes(knobs.server_error)) {
        remember(*call, 0, "HTTP 502", now);
        out.response = page(502);
        return out;
    }
    if (strikes(knobs.error)) {
        remember(*call, knobs.error_code, "error by knob", now);
        out.response =
            json_response(gateway_outcome{.code = knobs.error_code, .message = knobs.error_text}.json(knobs.style));
        return out;
    }
    const bool lies = strikes(knobs.lie);
    const gateway_outcome done = lies ? gateway_outcome{} : run(*call, now);
    const bool lost = done.silent || (done.code == 1 && strikes(knobs.lose_reply));
    const bool paged = !lost && done.code == 1 && strikes(knobs.html);
    remember(*call, done.code, lies ? "lied" : lost ? "reply lost" : paged ? "a page" : "", now);
    if (!lost) out.response = paged ? page(200) : json_response(done.json(knobs.style));
    return out;
}

gateway_outcome gateway_box::run(const gateway_call& call, time_point now) {
    if (call.get("appid") != registration_.appid || call.get("appsecret") != registration_.appsecret) {
        return gateway_outcome::refused("appid 或 appsecret 错误");
    }
    if (!is_known(call.name)) return gateway_outcome::refused("接口不存在");
    if (call.name == "GetRoomList") return list_rooms();
    if (call.name == "ReadCard") return read_card();
    if (call.name == "ClearRoomCard") return clear_cards(call);
    gateway_room* room = find_room(call.get("rm_id"));
    if (!room) return gateway_outcome::refused("房间不存在");
    if (call.name == "MarkRoomCard") return mark_card(call, *room, now);
    if (call.name == "MakeOffline") return make_offline(call, *room);
    return change_lock(call, *room, now);
}

gateway_outcome gateway_box::list_rooms() const {
    std::string list;
    for (const auto& [rm_id, room] : rooms_) {
        if (!list.empty()) list += ',';
        list += json_object({{"rm_id", rm_id}, {"rm_name", room.name}});
    }
    return {.message = "", .data = "[" + list + "]"};
}

gateway_outcome gateway_box::change_lock(const gateway_call& call, gateway_room& room, time_point now) {
    gateway_outcome done;
    if (!room.online) {
        done = gateway_outcome::refused("门锁离线");
        done.silent = knobs.offline == "silent";
        return done;
    }
    if (call.name == "GatewayUploadOnline") {
        done = upload_online(call, room, now);
    } else if (call.name == "GatewayStopOffline") {
        done = stop_offline(call, room);
    } else if (call.name == "GatewayStopOnline") {
        done = stop_online(call, room);
    } else if (call.name == "GatewayOpen") {
        done = open_remotely(room, now);
    } else {
        done = call.name.starts_with("GatewayUpload") ? upload_biometric(call, room) : stop_biometric(call, room);
    }
    if (done.code == 1) done.data = fmt::format(R"({{"ce":{},"d2":{}}})", room.battery_percent, to_unix_ms(now));
    return done;
}

gateway_outcome gateway_box::upload_online(const gateway_call& call, gateway_room& room, time_point now) {
    const auto number = call.number("m1");
    const auto until = call.time("unValid");
    const auto digits = call.get("pwd");
    if (!number) return gateway_outcome::lacking("m1");
    if (!is_pin(digits)) return gateway_outcome::lacking("pwd");
    if (!until) return gateway_outcome::lacking("unValid");
    const auto old = room.pins.find(*number);
    if (old != room.pins.end() && old->second.valid_until >= now && old->second.digits != digits) {
        overwrites_.push_back({now, room.rm_id, *number, old->second.digits, digits});
    }
    room.pins[*number] = {digits, *until};
    room.numbers_used.insert(*number);
    return {};
}

// Stopping one that is gone already ends in the same state.
gateway_outcome gateway_box::stop_online(const gateway_call& call, gateway_room& room) {
    const auto number = call.number("m1");
    if (!number) return gateway_outcome::lacking("m1");
    if (!room.numbers_used.contains(*number)) return gateway_outcome::refused("序号不存在");
    room.pins.erase(*number);
    return {};
}

gateway_outcome gateway_box::make_offline(const gateway_call& call, gateway_room& room) {
    const auto until = call.time("unValid");
    if (!until) return gateway_outcome::lacking("unValid");
    const auto digits = room.compute_digits(*until);
    const auto known = std::ranges::find(room.computed, digits, &computed_pin::digits);
    if (known == room.computed.end()) room.computed.push_back({digits, *until});
    return {.data = json_object({{"muid", digits}})};
}

gateway_outcome gateway_box::stop_offline(const gateway_call& call, gateway_room& room) {
    const auto until = call.time("unValid");
    const auto found = std::ranges::find(room.computed, call.get("muid"), &computed_pin::digits);
    if (!until || found == room.computed.end() || found->valid_until != *until) {
        return gateway_outcome::refused("密码与有效期不符");
    }
    found->stopped = true;
    return {};
}

door_answer gateway_box::open_by_card(std::string_view rm_id, std::string_view card_id, time_point now) {
    gateway_room* room = find_room(rm_id);
    const room_card* card = find_card(card_id);
    door_answer said{false, "there is no such room or card"};
    if (room && card) said = room->open_by_card(*card, now);
    return remember_door(rm_id, fmt::format("card {}", card_id), std::move(said), now);
}

door_answer gateway_box::open_by_pin(std::string_view rm_id, std::string_view digits, time_point now) {
    const gateway_room* room = find_room(rm_id);
    door_answer said{false, "there is no such room"};
    if (room) said = room->open_by_pin(digits, now);
    return remember_door(rm_id, "PIN", std::move(said), now);
}

door_answer gateway_box::remember_door(std::string_view rm_id, std::string with, door_answer said, time_point now) {
    doors_.push_back({now, std::string(rm_id), std::move(with), said});
    if (doors_.size() > log_entries) doors_.pop_front();
    return said;
}

void gateway_box::remember(const gateway_call& call, std::int64_t code, std::string note, time_point now) {
    ++calls_[call.name];
    log_.push_back({now, call.name, call.get("rm_id"), code, std::move(note)});
    if (log_.size() > log_entries) log_.pop_front();
}

std::uint64_t gateway_box::calls(std::string_view name) const {
    const auto found = calls_.find(name);
    return found == calls_.end() ? 0 : found->second;
}

}  // namespace lockhub::simulators
