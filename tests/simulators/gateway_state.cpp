// What the simulated gateway tells about itself, and its knobs.
#include "schemas/wire/json_writer.hpp"
#include "tests/simulators/gateway_box.hpp"

namespace lockhub::simulators {

namespace {

void write_card(wire::json_writer& out, const room_card& card) {
    out.begin_object().member("card_id", card.card_id).member("rm_id", card.rm_id);
    out.member("abkp", format_china_time(card.authorized_at)).member("unvalid", format_china_time(card.valid_until));
    out.member("cancelled", card.cancelled).end_object();
}

void write_biometrics(wire::json_writer& out, const room_biometrics& all) {
    out.begin_array();
    for (const auto& [number, one] : all.by_number) {
        out.begin_object().member("m1", number).member("md5", one.digest);
        out.member("abkp", format_china_time(one.from)).member("unvalid", format_china_time(one.valid_until));
        out.end_object();
    }
    out.end_array();
}

time_point time_in(const wire::json_value& in, std::string_view name) {
    return parse_china_time(in.text_of(name)).value_or(time_point{});
}

void restore_biometrics(room_biometrics& all, const wire::json_value* in) {
    if (!in) return;
    for (const auto& one : in->items()) {
        const int number = static_cast<int>(one.integer_of("m1").value_or(0));
        all.by_number[number] = {one.text_of("md5"), time_in(one, "abkp"), time_in(one, "unvalid")};
        all.numbers_used.insert(number);
    }
}

void restore_room(gateway_room& room, const wire::json_value& in) {
    room.newest_card = time_in(in, "newest_card");
    room.newest_made = time_in(in, "newest_made");
    if (const auto* pins = in.find("pins")) {
        for (const auto& pin : pins->items()) {
            const int number = static_cast<int>(pin.integer_of("m1").value_or(0));
            room.pins[number] = {pin.text_of("digits"), time_in(pin, "unvalid")};
            room.numbers_used.insert(number);
        }
    }
    restore_biometrics(room.faces, in.find("faces"));
    restore_biometrics(room.fingers, in.find("fingers"));
    if (const auto* computed = in.find("computed")) {
        for (const auto& pin : computed->items()) {
            room.computed.push_back({pin.text_of("digits"), time_in(pin, "unvalid"), pin.text_of("stopped") == "true"});
        }
    }
}

}  // namespace

void gateway_box::fill_board() {
    board_.add("only_verb", "the faults strike this call alone", knobs.only_verb);
    board_.add("drop", "do nothing, close without an answer", knobs.drop);
    board_.add("lose_reply", "do the work, close without an answer", knobs.lose_reply);
    board_.add("error", "do nothing, answer error_code and error_text", knobs.error);
    board_.add("error_code", "the code of error", knobs.error_code);
    board_.add("error_text", "the msg of error", knobs.error_text);
    board_.add("server_error", "do nothing, answer HTTP 502", knobs.server_error);
    board_.add("html", "do the work, answer HTTP 200 with a page", knobs.html);
    board_.add("lie", "say done, do nothing", knobs.lie);
    board_.add("answer_delay_ms", "every call is answered this late", knobs.answer_delay);
    board_.add("offline", "what a call to a lock off line gets", knobs.offline, {"refuse", "silent"});
    board_.add("body", "the kind of body it takes", knobs.body, {"any", "form", "json"});
    add_busy_knobs(board_, knobs.load);
    board_.add("style", "of answers", knobs.style, {"document", "strict", "loose"});
}

void gateway_box::write_rooms(wire::json_writer& out) const {
    out.key("rooms").begin_array();
    for (const auto& [rm_id, room] : rooms_) {
        out.begin_object().member("rm_id", rm_id).member("rm_name", room.name).member("online", room.online);
        out.member("battery", room.battery_percent).member("newest_card", format_china_time(room.newest_card));
        out.member("newest_made", format_china_time(room.newest_made)).key("pins").begin_array();
        for (const auto& [number, pin] : room.pins) {
            out.begin_object().member("m1", number).member("digits", pin.digits);
            out.member("unvalid", format_china_time(pin.valid_until)).end_object();
        }
        out.end_array().key("computed").begin_array();
        for (const computed_pin& pin : room.computed) {
            out.begin_object().member("digits", pin.digits).member("unvalid", format_china_time(pin.valid_until));
            out.member("stopped", pin.stopped).end_object();
        }
        out.end_array().key("faces");
        write_biometrics(out, room.faces);
        out.key("fingers");
        write_biometrics(out, room.fingers);
        out.member("opened_remotely", room.opened_remotely).end_object();
    }
    out.end_array();
}

void gateway_box::write_findings(wire::json_writer& out) const {
    out.key("overwrites").begin_array();
    for (const overwrite& found : overwrites_) {
        out.begin_object().member("at_ms", to_unix_ms(found.at)).member("rm_id", found.rm_id);
        out.member("m1", found.number).member("old", found.old_digits).member("new", found.new_digits).end_object();
    }
    out.end_array().key("abkp_backwards").begin_array();
    for (const step_back& found : steps_back_) {
        out.begin_object().member("at_ms", to_unix_ms(found.at)).member("rm_id", found.rm_id);
        out.member("card_id", found.card_id).member("abkp", format_china_time(found.authorized_at));
        out.member("newest_before", format_china_time(found.newest_before)).end_object();
    }
    out.end_array().key("doors").begin_array();
    for (const door_tried& door : doors_) {
        out.begin_object().member("at_ms", to_unix_ms(door.at)).member("rm_id", door.rm_id);
        out.member("with", door.with).member("opens", door.answer.opens).member("why", door.answer.why).end_object();
    }
    out.end_array();
}

std::string gateway_box::state_json() const {
    wire::json_writer out;
    out.begin_object();
    write_rooms(out);
    out.member("reader", on_reader_).key("cards").begin_array();
    for (const auto& [card_id, card] : cards_) write_card(out, card);
    out.end_array();
    write_findings(out);
    out.member("most_calls_in_a_second", meter_.most_in_a_second());
    out.key("calls").begin_object();
    for (const auto& [name, count] : calls_) out.member(name, count);
    out.end_object().key("log").begin_array();
    for (const call_made& call : log_) {
        out.begin_object().member("at_ms", to_unix_ms(call.at)).member("call", call.name).member("rm_id", call.rm_id);
        out.member("code", call.code).member("note", call.note).end_object();
    }
    out.end_array().key("knobs").raw(board_.to_json()).end_object();
    return out.take();
}

void gateway_box::restore(const wire::json_value& state) {
    if (const auto* rooms = state.find("rooms")) {
        for (const auto& remembered : rooms->items()) {
            if (gateway_room* room = find_room(remembered.text_of("rm_id"))) restore_room(*room, remembered);
        }
    }
    if (const auto* cards = state.find("cards")) {
        for (const auto& in : cards->items()) {
            cards_[in.text_of("card_id")] = {.card_id = in.text_of("card_id"),
                                             .rm_id = in.text_of("rm_id"),
                                             .authorized_at = time_in(in, "abkp"),
                                             .valid_until = time_in(in, "unvalid"),
                                             .cancelled = in.text_of("cancelled") == "true"};
        }
    }
    on_reader_ = state.text_of("reader");
    cards_made_ = static_cast<std::uint32_t>(cards_.size());
}

}  // namespace lockhub::simulators
