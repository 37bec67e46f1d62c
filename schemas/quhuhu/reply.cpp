#include "schemas/quhuhu/reply.hpp"

#include <utility>

#include "schemas/wire/json_writer.hpp"

namespace lockhub::quhuhu {
namespace {

wire::json_writer begin_reply(status code, std::string_view message) {
    wire::json_writer json;
    json.begin_object().member("code", std::to_underlying(code)).member("msg", message);
    return json;
}

}  // namespace

std::string reply_ok() {
    return reply_error(status::ok);
}

std::string reply_data(std::string_view data_json, std::string_view message) {
    auto json = begin_reply(status::ok, message.empty() ? chinese(status::ok) : message);
    json.key("data").raw(data_json).end_object();
    return json.take();
}

std::string reply_error(status code, std::string_view message) {
    auto json = begin_reply(code, message.empty() ? chinese(code) : message);
    json.end_object();
    return json.take();
}

std::string action_data(std::string_view action_id) {
    wire::json_writer json;
    json.value(action_id);
    return json.take();
}

std::string room_action_data(std::string_view hotel_no, std::string_view room_id, std::string_view action_id) {
    wire::json_writer json;
    json.begin_object().member("hotelNo", hotel_no).member("roomId", room_id).member("actionId", action_id);
    json.end_object();
    return json.take();
}

std::string password_data(std::string_view hotel_no, std::string_view room_id, std::string_view pwd,
                          std::string_view action_id) {
    wire::json_writer json;
    json.begin_object().member("hotelNo", hotel_no).member("roomId", room_id).member("pwd", pwd);
    if (!action_id.empty()) json.member("actionId", action_id);
    json.end_object();
    return json.take();
}

}  // namespace lockhub::quhuhu
