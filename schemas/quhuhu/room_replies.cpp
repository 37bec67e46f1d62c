#include "schemas/quhuhu/room_replies.hpp"

#include <fmt/format.h>

#include <utility>

#include "schemas/wire/json_writer.hpp"

namespace lockhub::quhuhu {
namespace {

constexpr std::string_view flag(bool set) {
    return set ? "1" : "0";
}

// "58.00"
std::string percent(std::optional<int> value) {
    return value ? fmt::format("{}.00", *value) : std::string();
}

void add_rooms_of_type(wire::json_writer& json, const std::vector<room_lock_info>& rooms, std::size_t& next) {
    const auto& type = rooms[next].room_type_code;
    json.begin_object().member("roomTypeCode", type).key("roomList").begin_array();
    for (; next < rooms.size() && rooms[next].room_type_code == type; ++next) {
        json.begin_object().member("roomId", rooms[next].room_id);
        json.member("installedLock", flag(rooms[next].has_lock)).end_object();
    }
    json.end_array().end_object();
}

}  // namespace

std::string room_lock_info_data(std::string_view hotel_no, const std::vector<room_lock_info>& rooms) {
    wire::json_writer json;
    json.begin_array().begin_object().member("hotelNo", hotel_no).key("roomTypeList").begin_array();
    for (std::size_t next = 0; next < rooms.size();) add_rooms_of_type(json, rooms, next);
    json.end_array().end_object().end_array();
    return json.take();
}

std::string_view to_string(lock_state state) {
    switch (state) {
        case lock_state::normal:
            return "normal";
        case lock_state::offline:
            return "offline";
        case lock_state::failure:
            return "failure";
        case lock_state::lowpower:
            return "lowpower";
        case lock_state::badsignal:
            return "badsignal";
    }
    std::unreachable();
}

std::string lock_states_data(const std::vector<room_lock_state>& states, const std::vector<room_lock_error>& errors) {
    wire::json_writer json;
    json.begin_object().key("lockStates").begin_array();
    for (const auto& room : states) {
        json.begin_object().member("roomId", room.room_id).member("energy", percent(room.battery_percent));
        json.member("signal", percent(room.signal_percent)).member("state", to_string(room.state)).end_object();
    }
    json.end_array().key("lockErrMsgs").begin_array();
    for (const auto& room : errors)
        json.begin_object().member("roomId", room.room_id).member("msg", room.message).end_object();
    json.end_array().end_object();
    return json.take();
}

std::string lock_log_data(const std::vector<lock_log_line>& lines, std::uint64_t row_count) {
    wire::json_writer json;
    json.begin_object().key("lockLogList").begin_array();
    for (const auto& line : lines) {
        json.begin_object().member("roomId", line.room_id).member("createTime", format_china_time(line.created_at));
        json.member("logType", line.log_type).member("logParam", line.log_param);
        json.member("state", flag(line.succeeded)).end_object();
    }
    json.end_array().member("rowCount", row_count).end_object();
    return json.take();
}

std::string card_readers_data(std::string_view hotel_no, const std::vector<card_reader_state>& readers) {
    wire::json_writer json;
    json.begin_object().member("hotelNo", hotel_no).key("readCardList").begin_array();
    for (const auto& reader : readers) {
        json.begin_object().member("readerId", reader.reader_id).member("readerStatus", flag(reader.online));
        json.member("nickName", reader.nickname).end_object();
    }
    json.end_array().end_object();
    return json.take();
}

std::string operation_log_data(const std::vector<operation_log_line>& lines, std::uint64_t row_count) {
    wire::json_writer json;
    json.begin_object().key("operationLogList").begin_array();
    for (const auto& line : lines) {
        json.begin_object().member("roomId", line.room_id).member("createTime", format_china_time(line.created_at));
        json.member("operationId", line.operation_id).member("operatorName", line.operator_name);
        json.member("target", line.target).member("recipient", line.recipient).end_object();
    }
    json.end_array().member("rowCount", row_count).end_object();
    return json.take();
}

std::string room_abilities_data(std::string_view hotel_no, const std::vector<room_abilities>& rooms) {
    wire::json_writer json;
    json.begin_object().member("hotelNo", hotel_no).key("roomList").begin_array();
    for (const auto& room : rooms) {
        json.begin_object().member("roomId", room.room_id).key("abilities").begin_array();
        for (const auto ability : room.abilities) json.value(ability);
        json.end_array().end_object();
    }
    json.end_array().end_object();
    return json.take();
}

}  // namespace lockhub::quhuhu
