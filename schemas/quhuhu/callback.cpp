#include "schemas/quhuhu/callback.hpp"

#include <fmt/format.h>

#include "schemas/quhuhu/hmac.hpp"
#include "schemas/quhuhu/pms_answer.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::quhuhu {
namespace {

constexpr std::string_view callback_version = "1.1.0";

void add_if_present(wire::form& fields, const char* name, std::string_view value) {
    if (!value.empty()) fields.add(name, std::string(value));
}

callback_verdict refused(std::string message) {
    return {false, error_class::refused_by_pms, std::move(message)};
}

}  // namespace

std::string result_payload(std::string_view action_id, int code) {
    wire::form fields;
    fields.add("actionId", std::string(action_id));
    fields.add("code", fmt::to_string(code));
    return fields.encode();
}

std::string card_payload(const card_callback& callback) {
    wire::form fields;
    fields.add("actionId", std::string(callback.action_id));
    fields.add("code", fmt::to_string(callback.code));
    if (callback.valid_from) fields.add("startTime", format_china_time(*callback.valid_from));
    fields.add("endTime", callback.valid_until ? format_china_time(*callback.valid_until) : std::string());
    fields.add("roomId", std::string(callback.room_id));
    return fields.encode();
}

std::string event_payload(const event_callback& callback) {
    const lock_event& event = callback.event;
    wire::form fields;
    fields.add("eventId", std::string(callback.event_id));
    fields.add("event", std::string(to_string(event.kind)));
    add_if_present(fields, "hotelNo", callback.hotel_no);
    add_if_present(fields, "roomId", callback.room_id);
    fields.add("time", format_china_time(callback.occurred_at));
    if (event.battery_percent) fields.add("energy", fmt::to_string(*event.battery_percent));
    if (event.source) fields.add("source", fmt::to_string(*event.source));
    add_if_present(fields, "sourceName", event.source_name);
    add_if_present(fields, "passwordId", event.source_id);
    return fields.encode();
}

std::string sign_payload(std::string_view payload, const pms_id& pms, const secret& key) {
    wire::form fields = wire::form::parse(payload).value();
    wire::form added;
    for (auto* target : {&fields, &added}) {
        target->add("version", std::string(callback_version));
        target->add("pmsId", pms.value);
    }
    added.add("hmac", make_hmac(fields, key));
    return std::string(payload) + "&" + added.encode();
}

callback_verdict judge_answer(int http_status, std::string_view body) {
    body = without_byte_order_mark(body);
    const auto answer = wire::json_value::parse(body);
    const bool is_object = answer && answer->is_object();

    if (http_status < 200 || http_status > 299) {
        const auto text = is_object ? message_of(*answer) : std::string();
        return {false, class_of_status(http_status),
                text.empty() ? fmt::format("HTTP {}", http_status) : fmt::format("HTTP {}: {}", http_status, text)};
    }
    if (!is_object) return refused(body.empty() ? "the answer is empty" : "the answer is no JSON object");
    const auto* code = answer->find("code");
    if (code == nullptr) return refused("the answer has no code");
    const auto text = message_of(*answer);
    if (says_done(*code)) return {true, error_class::none, text};
    return refused(refusal_text(*code, text));
}

}  // namespace lockhub::quhuhu
