// What the simulated 云柚 cloud tells about itself, and its knobs.
#include "schemas/wire/json_writer.hpp"
#include "tests/simulators/yeeuu_cloud.hpp"

namespace lockhub::simulators {

namespace {

using permissions = std::map<std::string, yeeuu_permission, std::less<>>;

void write_permissions(wire::json_writer& out, const permissions& all) {
    out.begin_array();
    for (const auto& [mobile, one] : all) {
        out.begin_object().member("mobile", mobile).member("digits", one.digits);
        out.member("from", format_china_time(one.from)).member("until", format_china_time(one.until));
        out.member("author", one.author).member("name", one.holder_name).end_object();
    }
    out.end_array();
}

void write_door(wire::json_writer& out, const yeeuu_door& door) {
    out.begin_object().member("lock", door.lock).member("building_id", door.building_id);
    out.member("online", door.online).key("pins");
    write_permissions(out, door.pins);
    out.key("grants");
    write_permissions(out, door.grants);
    out.key("openings").begin_array();
    for (const auto& opening : door.log) {
        out.begin_object().member("at", format_china_time(opening.at)).member("type", static_cast<int>(opening.by));
        out.member("opener", opening.opener).end_object();
    }
    out.end_array().end_object();
}

time_point time_in(const wire::json_value& in, std::string_view name) {
    return parse_china_time(in.text_of(name)).value_or(time_point{});
}

permissions restored(const wire::json_value* in) {
    permissions out;
    if (!in) return out;
    for (const auto& one : in->items()) {
        out[one.text_of("mobile")] = {.from = time_in(one, "from"),
                                      .until = time_in(one, "until"),
                                      .author = one.text_of("author"),
                                      .holder_name = one.text_of("name"),
                                      .digits = one.text_of("digits")};
    }
    return out;
}

}  // namespace

void yeeuu_cloud::fill_board() {
    board_.add("only_method", "the faults strike this method alone", knobs.only_method);
    board_.add("drop", "do nothing, close without an answer", knobs.drop);
    board_.add("lose_reply", "do the work, close without an answer", knobs.lose_reply);
    board_.add("error", "do nothing, answer success false and error_text", knobs.error);
    board_.add("error_text", "the desc of error", knobs.error_text);
    board_.add("server_error", "do nothing, answer HTTP 502", knobs.server_error);
    board_.add("html", "do the work, answer HTTP 200 with a page", knobs.html);
    board_.add("lie", "say done, do nothing", knobs.lie);
    board_.add("answer_delay_ms", "every call is answered this late", knobs.answer_delay);
    board_.add("timestamp_window_ms", "a timestamp further off is refused; 0: none is", knobs.timestamp_window);
    board_.add("nonce_reuse", "a nonstr that came before", knobs.nonce_reuse, {"refuse", "allow"});
    board_.add("quotes", "of answers", knobs.quotes, {"straight", "typographic"});
    board_.add("offline", "what a call for a door off line gets", knobs.offline, {"refuse", "silent"});
    board_.add("remote", "who may open from afar", knobs.remote, {"anyone", "granted"});
    add_busy_knobs(board_, knobs.load);
    board_.add("log_order", "which opening comes first", knobs.log_order, {"newest", "oldest"});
}

std::string yeeuu_cloud::state_json() const {
    wire::json_writer out;
    out.begin_object().key("doors").begin_array();
    for (const auto& [lock, door] : doors_) write_door(out, door);
    out.end_array().key("apartments").begin_array();
    for (const auto& [lock, entry] : apartments_) out.raw(entry);
    out.end_array().member("most_calls_in_a_second", meter_.most_in_a_second());
    out.key("calls").begin_object();
    for (const auto& [method, count] : calls_) out.member(method, count);
    out.end_object().key("log").begin_array();
    for (const call_made& call : log_) {
        out.begin_object().member("at_ms", to_unix_ms(call.at)).member("method", call.method);
        out.member("lock", call.lock).member("success", call.success).member("note", call.note).end_object();
    }
    out.end_array().key("knobs").raw(board_.to_json()).end_object();
    return out.take();
}

void yeeuu_cloud::restore(const wire::json_value& state) {
    const auto* doors = state.find("doors");
    if (!doors) return;
    for (const auto& remembered : doors->items()) {
        auto& door = add_door(remembered.text_of("lock"), remembered.text_of("building_id"));
        door.pins = restored(remembered.find("pins"));
        door.grants = restored(remembered.find("grants"));
    }
}

}  // namespace lockhub::simulators
