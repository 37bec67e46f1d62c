#include "tests/simulators/dingding_lock.hpp"

#include <utility>

#include "schemas/wire/json_writer.hpp"

namespace lockhub::simulators {

namespace {

enum class pin_state { initial = 1, valid = 2, later = 3, expired = 4, frozen = 5 };

pin_state state_of(const pin& p, time_point now) {
    const std::int64_t now_s = to_unix_ms(now) / 1000;
    if (!p.on_lock) return pin_state::initial;
    if (p.frozen) return pin_state::frozen;
    if (p.values.begin_s && now_s < *p.values.begin_s) return pin_state::later;
    if (p.values.end_s && now_s > *p.values.end_s) return pin_state::expired;
    return pin_state::valid;
}

void take_effect(pin& p, const pin_change& change) {
    switch (change.operation) {
        case pin_operation::add:
            p.on_lock = true;
            break;
        case pin_operation::update:
            p.values = change.values;
            break;
        case pin_operation::freeze:
            p.frozen = true;
            break;
        case pin_operation::unfreeze:
            p.frozen = false;
            break;
        case pin_operation::remove:
            break;  // the caller takes the entry away
    }
}

void write_pin(wire::json_writer& out, const pin& p, time_point now) {
    const pin_state state = state_of(p, now);
    const bool in_force = state == pin_state::valid || state == pin_state::initial;
    out.begin_object();
    out.member("id", p.id).member("time", to_unix_ms(p.created_at)).member("is_default", p.manage ? 1 : 0);
    out.member("operation", static_cast<int>(p.last_operation));
    out.member("operation_stage", static_cast<int>(p.stage));
    out.member("permission_state", in_force ? 1 : 2).member("pwd_state", static_cast<int>(state));
    out.member("name", p.values.name).member("send_to", p.values.send_to);
    out.key("permission").begin_object();
    if (p.values.begin_s) out.member("begin", *p.values.begin_s);
    if (p.values.end_s) out.member("end", *p.values.end_s);
    out.member("status", p.values.end_s ? 2 : 1);
    out.end_object();
    out.end_object();
}

}  // namespace

std::string service_name(pin_operation operation) {
    switch (operation) {
        case pin_operation::add:
            return "Password_Add_Service";
        case pin_operation::remove:
            return "Password_Delete_Service";
        case pin_operation::update:
            return "Password_Update_Service";
        case pin_operation::freeze:
            return "Password_Frozen_Service";
        case pin_operation::unfreeze:
            return "Password_Unfrozen_Service";
    }
    return {};
}

pin& dingding_lock::make_pin(bool manage, const pin_values& values, time_point now) {
    pin fresh;
    fresh.id = manage ? manage_pin_id : next_id++;
    fresh.manage = manage;
    fresh.values = values;
    fresh.created_at = now;
    return pins[fresh.id] = std::move(fresh);
}

void dingding_lock::opened(door_opening opening) {
    log.push_back(opening);
    if (log.size() > longest_log) log.pop_front();
}

namespace {

std::string_view why_not(pin_state state) {
    switch (state) {
        case pin_state::initial:
            return "not on the lock yet";
        case pin_state::later:
            return "not valid yet";
        case pin_state::expired:
            return "not valid any more";
        case pin_state::frozen:
            return "frozen";
        case pin_state::valid:
            break;
    }
    return {};
}

}  // namespace

pin_try dingding_lock::try_digits(std::string_view digits, time_point now) {
    settle(now);
    pin_try out{.said = {false, "nobody's PIN"}, .pin_id = 0, .alarm = false};
    for (const auto& [id, p] : pins) {
        if (p.values.digits != digits) continue;
        const pin_state state = state_of(p, now);
        out.said = {state == pin_state::valid, std::string(why_not(state))};
        if (!out.said.opens) continue;
        wrong_tries = 0;
        out.said.why = "password " + std::to_string(id);
        out.pin_id = id;
        return out;
    }
    out.alarm = ++wrong_tries == wrong_tries_to_alarm;
    if (out.alarm) wrong_tries = 0;
    return out;
}

void dingding_lock::operated(lock_operation operation) {
    operations.push_back(std::move(operation));
    if (operations.size() > longest_log) operations.pop_front();
}

void dingding_lock::settle(time_point now) {
    for (auto at = pins.begin(); at != pins.end();) {
        pin& p = at->second;
        if (!p.running || !p.running->due_at || *p.running->due_at > now) {
            ++at;
            continue;
        }
        const pin_change change = *std::exchange(p.running, std::nullopt);
        p.stage = change.fails ? operation_stage::failed : operation_stage::done;
        if (!change.fails) take_effect(p, change);
        const bool gone = change.operation == pin_operation::remove && !change.fails;
        at = gone ? pins.erase(at) : std::next(at);
    }
}

std::vector<ended_change> dingding_lock::resume(time_point at) {
    std::vector<ended_change> ended;
    for (auto& [id, p] : pins) {
        if (!p.running || p.running->due_at || p.running->stuck) continue;
        p.running->due_at = at;
        ended.push_back({id, *p.running});
    }
    return ended;
}

std::string dingding_lock::passwords_json(time_point now) const {
    wire::json_writer out;
    out.begin_object();
    for (const auto& [id, p] : pins) {
        out.key(std::to_string(id));
        write_pin(out, p, now);
    }
    out.end_object();
    return out.take();
}

}  // namespace lockhub::simulators
