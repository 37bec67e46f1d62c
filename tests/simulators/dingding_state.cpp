// What the simulated 丁盯 account tells about itself, and its knobs.
#include <algorithm>

#include "schemas/wire/json_writer.hpp"
#include "tests/simulators/dingding_cloud.hpp"

namespace lockhub::simulators {

void dingding_cloud::fill_board() {
    board_.add("only_verb", "drop, error and server_error strike this verb alone", knobs.only_verb);
    board_.add("drop", "do nothing, close without an answer", knobs.drop);
    board_.add("lose_reply", "do the work, close without an answer", knobs.lose_reply);
    board_.add("error", "do nothing, answer ErrNo error_code", knobs.error);
    board_.add("error_code", "the ErrNo of error", knobs.error_code);
    board_.add("server_error", "do nothing, answer HTTP 502", knobs.server_error);
    board_.add("lie", "say accepted, do nothing", knobs.lie);
    board_.add("fail_operation", "the lock reports 5101", knobs.fail_operation);
    board_.add("fail_verb", "fail_operation strikes this verb alone", knobs.fail_verb);
    board_.add("stuck", "the lock never reports", knobs.stuck);
    board_.add("lose_push", "the result push is never sent", knobs.lose_push);
    board_.add("duplicate", "a push is sent twice", knobs.duplicate);
    board_.add("reorder", "the result push comes before the call's answer", knobs.reorder);
    board_.add("answer_delay_ms", "every call is answered this late", knobs.answer_delay);
    board_.add("result_delay_ms", "the lock takes this long", knobs.result_delay);
    board_.add("token_life_ms", "life of a new access token", knobs.token_life);
    board_.add("sign", "of pushes", knobs.sign, {"right", "wrong", "none"});
    board_.add("offline", "what a call for a lock off line gets", knobs.offline, {"refuse", "silent"});
    add_busy_knobs(board_, knobs.load);
    board_.add("repush", "times a push without acknowledgement is sent again", knobs.repush);
}

std::string dingding_cloud::state_json(time_point now) {
    wire::json_writer out;
    out.begin_object().key("locks").begin_array();
    for (auto& [uuid, lock] : locks_) {
        lock.settle(now);
        out.begin_object().member("uuid", uuid).member("online", lock.online).member("battery", lock.battery_percent);
        out.member("lqi", lock.link_quality).member("openings", lock.log.size());
        out.member("operations", lock.operations.size());
        out.key("passwords").begin_array();
        for (const auto& [id, p] : lock.pins) {
            out.begin_object().member("id", id).member("name", p.values.name).member("digits", p.values.digits);
            out.member("operation", static_cast<int>(p.last_operation)).member("stage", static_cast<int>(p.stage));
            out.member("on_lock", p.on_lock).member("frozen", p.frozen).member("manage", p.manage).end_object();
        }
        out.end_array().end_object();
    }
    out.end_array();
    places_.write(out);
    out.key("pins_sent").begin_array();
    for (const pin_sent& add : pins_sent_) {
        out.begin_object().member("uuid", add.uuid).member("name", add.name).member("id", add.id);
        out.member("at_ms", to_unix_ms(add.at)).end_object();
    }
    out.end_array().member("most_calls_in_a_second", meter_.most_in_a_second());
    out.key("calls").begin_object();
    for (const auto& [verb, count] : calls_) out.member(verb, count);
    out.end_object().key("log").begin_array();
    for (const call_made& call : log_) {
        out.begin_object().member("at_ms", to_unix_ms(call.at)).member("verb", call.verb).member("uuid", call.uuid);
        out.member("ErrNo", call.error_number).member("note", call.note).end_object();
    }
    out.end_array().key("knobs").raw(board_.to_json()).end_object();
    return out.take();
}

namespace {

pin restored_pin(const wire::json_value& in) {
    pin out;
    out.id = in.integer_of("id").value_or(0);
    out.values.name = in.text_of("name");
    out.values.digits = in.text_of("digits");
    out.on_lock = in.text_of("on_lock") == "true";
    out.frozen = in.text_of("frozen") == "true";
    out.manage = in.text_of("manage") == "true";
    out.stage = out.on_lock ? operation_stage::done : operation_stage::failed;
    return out;
}

}  // namespace

void dingding_cloud::restore(const wire::json_value& state) {
    places_.restore(state);
    const wire::json_value* locks = state.find("locks");
    if (!locks) return;
    for (const wire::json_value& remembered : locks->items()) {
        dingding_lock* lock = find_lock(remembered.text_of("uuid"));
        const wire::json_value* passwords = remembered.find("passwords");
        if (!lock || !passwords) continue;
        for (const wire::json_value& password : passwords->items()) {
            const pin restored = restored_pin(password);
            if (!restored.manage) lock->next_id = std::max(lock->next_id, restored.id + 1);
            lock->pins[restored.id] = restored;
        }
    }
}

}  // namespace lockhub::simulators
