#include "hub/cli/rows.hpp"

#include <fmt/format.h>

#include "hub/cli/printed.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

std::string age(time_point t, time_point now) {
    return t == time_point{} ? "-" : format_duration(now - t);
}

std::string due_in_words(const storage::delivery_row& row, time_point now) {
    switch (row.state) {
        case delivery_state::ready:
            return row.due_at > now ? "in " + format_duration(row.due_at - now) : "now";
        case delivery_state::queued:
            return row.behind ? fmt::format("after {}", row.behind->value) : "queued";
        case delivery_state::held:
            return row.held_reason;
        default:
            return "-";
    }
}

void time_member(wire::json_writer& json, std::string_view name, time_point t) {
    json.key(name);
    if (t == time_point{}) {
        json.null();
    } else {
        json.value(format_utc(t));
    }
}

void delivery_members(wire::json_writer& json, const storage::delivery_row& row) {
    json.member("id", row.id.value).member("state", to_string(row.state)).member("kind", to_string(row.kind));
    json.member("pms", row.pms).member("hotel", row.hotel).member("room", row.room).member("room_no", row.room_no);
    json.member("action", row.action).member("event", row.event);
    time_member(json, "created_at", row.created_at);
    time_member(json, "due_at", row.due_at);
    time_member(json, "finished_at", row.finished_at);
    json.member("attempts", row.attempts).member("error", to_string(row.why)).member("message", row.message);
    json.member("held_reason", row.held_reason).key("behind");
    if (row.behind) {
        json.value(row.behind->value);
    } else {
        json.null();
    }
}

void action_members(wire::json_writer& json, const storage::action_row& row) {
    json.member("action", row.id.value).member("state", to_string(row.state)).member("pms", row.pms);
    json.member("hotel", row.hotel).member("room", row.room).member("room_no", row.room_no);
    json.member("method", row.method).member("operator", row.operator_name).member("verb", to_string(row.verb));
    json.member("reader_id", row.reader_id).member("card_id", row.card.card_id);
    json.member("card_lock_uuid", row.card.lock_uuid);
    json.member("holder", row.holder).member("holder_name", row.holder_name);
    time_member(json, "valid_from", row.card.valid_from.value_or(time_point{}));
    time_member(json, "valid_until", row.card.valid_until.value_or(time_point{}));
    time_member(json, "created_at", row.created_at);
    time_member(json, "finished_at", row.finished_at);
    json.key("final_code");
    if (row.final_code) {
        json.value(*row.final_code);
    } else {
        json.null();
    }
    json.member("message", row.message).member("callback_promised", row.callback_promised);
    json.member("step", row.step ? to_string(*row.step) : std::string_view());
    json.member("command", to_string(row.command)).member("account", row.account).member("lock_uuid", row.lock_uuid);
    json.member("ref", row.ref).member("sends", row.sends);
    time_member(json, "command_due_at", row.command_due_at);
}

// The room, or the card reader where the action is about what lies there.
std::string place_of(const storage::action_row& row) {
    if (!row.room_no.empty()) return row.room_no;
    return row.room.empty() && !row.reader_id.empty() ? "@" + row.reader_id : row.room;
}

constexpr std::size_t message_width = 60;

}  // namespace

std::string delivery_json(const storage::delivery_row& row) {
    wire::json_writer json;
    json.begin_object();
    delivery_members(json, row);
    return json.end_object().take();
}

std::string detail_json(const storage::delivery_detail& detail) {
    wire::json_writer json;
    json.begin_object();
    delivery_members(json, detail.row);
    json.member("payload", detail.payload).key("attempt_log").begin_array();
    for (const auto& one : detail.attempts) {
        json.begin_object().member("attempt", one.number);
        time_member(json, "started_at", one.started_at);
        time_member(json, "finished_at", one.finished_at);
        json.member("error", to_string(one.why)).member("http_status", one.http_status).member("message", one.message);
        json.member("response", one.response).end_object();
    }
    json.end_array().key("of_action");
    if (detail.action) {
        json.begin_object();
        action_members(json, *detail.action);
        json.end_object();
    } else {
        json.null();
    }
    return json.end_object().take();
}

std::string delivery_table(const std::vector<storage::delivery_row>& rows, time_point now) {
    table out({"ID", "STATE", "PMS", "HOTEL", "ROOM", "WHAT", "CREATED", "AGE", "DUE", "TRIES", "ERROR", "MESSAGE"});
    for (const auto& row : rows)
        out.add({std::to_string(row.id.value), std::string(to_string(row.state)), row.pms, row.hotel,
                 row.room_no.empty() ? row.room : row.room_no, row.event.empty() ? row.action : row.event,
                 format_china_time(row.created_at), age(row.created_at, now), due_in_words(row, now),
                 std::to_string(row.attempts), row.why == error_class::none ? "-" : std::string(to_string(row.why)),
                 shortened(row.message, message_width)});
    return out.text();
}

std::string action_json(const storage::action_row& row) {
    wire::json_writer json;
    json.begin_object();
    action_members(json, row);
    return json.end_object().take();
}

std::string refusal_lines(const refusal_words& words) {
    return words.english.empty() ? std::string() : fmt::format("  {}\n  {}\n", words.english, words.chinese);
}

std::string action_table(const std::vector<storage::action_row>& rows, time_point now) {
    table out(
        {"ACTION", "STATE", "PMS", "HOTEL", "ROOM", "METHOD", "CREATED", "AGE", "CODE", "COMMAND", "REF", "MESSAGE"});
    for (const auto& row : rows)
        out.add({row.id.value, std::string(to_string(row.state)), row.pms, row.hotel, place_of(row), row.method,
                 format_china_time(row.created_at), age(row.created_at, now),
                 row.final_code ? std::to_string(*row.final_code) : "-", std::string(to_string(row.command)),
                 row.ref.empty() ? "-" : row.ref, shortened(row.message, message_width)});
    return out.text();
}

std::string directory_json(const storage::directory_listing_row& row) {
    wire::json_writer json;
    const auto& r = row.row;
    json.begin_object().member("pms_id", r.pms_id).member("hotel_no", r.hotel_no).member("hotel_name", r.hotel_name);
    json.member("room_type_code", r.room_type_code).member("room_type_name", r.room_type_name);
    json.member("room_id", r.room_id).member("room_no", r.room_no).member("floor_no", r.floor_no);
    json.member("cloud_account", r.cloud_account).member("lock_uuid", r.lock_uuid);
    json.member("cloud_home_id", r.cloud_home_id).member("cloud_room_id", r.cloud_room_id).key("online");
    if (row.online) {
        json.value(*row.online);
    } else {
        json.null();
    }
    json.key("battery_percent");
    if (row.battery_percent) {
        json.value(*row.battery_percent);
    } else {
        json.null();
    }
    time_member(json, "heard_at", row.heard_at);
    return json.end_object().take();
}

std::string directory_table(const std::vector<storage::directory_listing_row>& rows, time_point now) {
    table out({"PMS", "HOTEL", "ROOM", "ROOM_ID", "TYPE", "ACCOUNT", "LOCK", "ONLINE", "BATTERY", "HEARD"});
    for (const auto& row : rows) {
        const auto& r = row.row;
        const std::string online = row.online ? (*row.online ? "yes" : "no") : "?";
        out.add({r.pms_id, r.hotel_no, r.room_no, r.room_id, r.room_type_code,
                 r.cloud_account.empty() ? "-" : r.cloud_account, r.lock_uuid.empty() ? "-" : r.lock_uuid,
                 r.lock_uuid.empty() ? "-" : online,
                 row.battery_percent ? fmt::format("{} %", *row.battery_percent) : "-",
                 row.heard_at == time_point{} ? "never" : age(row.heard_at, now) + " ago"});
    }
    return out.text();
}

}  // namespace lockhub::hub
