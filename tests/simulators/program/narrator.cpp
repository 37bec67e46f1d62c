#include "tests/simulators/program/narrator.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "schemas/gateway/lenient_json.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/yeeuu/reply.hpp"
#include "tests/simulators/dingding_call.hpp"

namespace lockhub::simulators {

namespace {

std::string place_of(dingding_cloud& cloud, std::string_view uuid) {
    const dingding_lock* lock = cloud.find_lock(uuid);
    if (!lock) return uuid.empty() ? "" : fmt::format(" for lock {}", uuid.substr(0, 8));
    return fmt::format(" for {}", lock->nickname.empty() ? lock->uuid.substr(0, 8) : lock->nickname);
}

std::string call_in_words(dingding_cloud& cloud, const wire::http_request& request, const answer& out) {
    const auto call = read_dingding_call(request);
    if (!call) return fmt::format("refused a call: {}", call.error().message);
    std::string text = fmt::format("call {}{}", call->verb->name, place_of(cloud, call->get("uuid")));
    if (!out.response) return text + ": left without an answer";
    const auto body = wire::json_value::parse(out.response->body);
    if (!body) return text + fmt::format(": HTTP {}", out.response->status);
    if (const auto number = body->integer_of("ErrNo"); number != 0) {
        return text + fmt::format(": refused, ErrNo {} {}", number.value_or(0), body->text_of("ErrMsg"));
    }
    return text + (call->verb->changes_lock ? fmt::format(": accepted, serviceid {}", body->text_of("serviceid"))
                                            : ": answered");
}

std::string push_in_words(dingding_cloud& cloud, const push_fate& fate) {
    const auto body = wire::json_value::parse(fate.push.body);
    std::string text = fmt::format("push {}{}", fate.push.name, body ? place_of(cloud, body->text_of("uuid")) : "");
    if (body && body->find("service")) {
        const bool ok = body->find("result") && body->find("result")->integer_of("ErrNo") == 1000;
        text += ok ? " (done at the lock)" : " (failed at the lock)";
    }
    if (fate.acknowledged) {
        const auto answer = wire::json_value::parse(fate.answer);
        const auto stored = answer ? answer->integer_of("count").value_or(0) : 0;
        return text + (stored > 0 ? fmt::format(" → stored ({} record{})", stored, stored == 1 ? "" : "s")
                                  : std::string(" → a repeat, already stored"));
    }
    if (fate.status != 0) return text + fmt::format(" → refused, HTTP {} {}", fate.status, fate.answer);
    return text + fmt::format(" → no answer: {}", fate.answer);
}

// Never the digits of a PIN.
std::string call_in_words(gateway_box& box, const wire::http_request& request, const answer& out) {
    const auto call = read_gateway_call(request, "any");
    if (!call) return fmt::format("refused a call: {}", call.error().message);
    std::string text = fmt::format("call {}", call->name);
    if (const gateway_room* room = box.find_room(call->get("rm_id"))) text += fmt::format(" for {}", room->name);
    for (const char* parameter : {"m1", "card_id"}) {
        if (const auto value = call->get(parameter); !value.empty()) text += fmt::format(", {} {}", parameter, value);
    }
    if (!out.response) return text + ": left without an answer";
    if (out.response->status != 200) return text + fmt::format(": HTTP {}", out.response->status);
    const auto body = wire::json_value::parse(gateway::without_trailing_commas(out.response->body));
    if (!body) return text + ": answered with a page";
    return text + (body->integer_of("code") == 1 ? ": done" : fmt::format(": refused, {}", body->text_of("msg")));
}

// Never the digits of a PIN, nor a mobile number.
std::string yeeuu_call_in_words(const wire::http_request& request, const answer& out) {
    const auto call = read_yeeuu_call(request);
    if (!call) return fmt::format("refused a call: {}", call.error().message);
    std::string text = fmt::format("call {}", call->method->name);
    if (const auto lock = call->lock(); lock && !lock->empty()) text += fmt::format(" for {}", *lock);
    if (!out.response) return text + ": left without an answer";
    const auto said = yeeuu::read_reply(*out.response, {});
    if (said.kind == yeeuu::api_reply::outcome::done) return text + ": done";
    return text + fmt::format(": refused, {}", said.message);
}

std::string callback_in_words(const callback_seen& callback) {
    const std::string event = field(callback.fields, "event");
    std::string text = event.empty() ? fmt::format("callback: action {} ended with code {}",
                                                   field(callback.fields, "actionId"), field(callback.fields, "code"))
                                     : fmt::format("callback: {} in room {}", event, field(callback.fields, "roomId"));
    for (const char* name : {"energy", "passwordId"}) {
        if (const std::string value = field(callback.fields, name); !value.empty())
            text += fmt::format(", {} {}", name, value);
    }
    return text + fmt::format(" (hmac {}) → answered {}", callback.hmac_ok ? "right" : "WRONG", callback.answered);
}

}  // namespace

void say(std::string_view who, std::string_view what) {
    // Chinese characters take two columns, which a width in characters does not know.
    std::size_t columns = 0;
    for (const char c : who) columns += (c & 0xC0) == 0x80 ? 0 : (c & 0x80) ? 2 : 1;
    const std::string line = fmt::format("{}{:{}} {}\n", who, "", columns < 8 ? 8 - columns : 0, what);
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
}

void narrate(cloud_server& server) {
    server.set_observer([&server](const wire::http_request& request, const answer& out) {
        say("丁盯", call_in_words(server.cloud(), request, out));
    });
    server.pushes().set_observer(
        [&server](const push_fate& fate) { say("丁盯", push_in_words(server.cloud(), fate)); });
}

void narrate(gateway_server& server) {
    server.set_observer([&server](const wire::http_request& request, const answer& out) {
        say("网关", call_in_words(server.box(), request, out));
    });
}

void narrate(yeeuu_server& server) {
    server.set_observer(
        [](const wire::http_request& request, const answer& out) { say("云柚", yeeuu_call_in_words(request, out)); });
}

void narrate(pms_server& server) {
    server.set_observer([](const callback_seen& callback) { say("PMS", callback_in_words(callback)); });
}

}  // namespace lockhub::simulators
