#pragma once
// Replies of the lockapi: always HTTP 200, `code`, `msg` and, on success, `data` (document 000, sections 四.5 and 五).
#include <string>
#include <string_view>

#include "schemas/quhuhu/status.hpp"

namespace lockhub::quhuhu {

std::string reply_ok();                                               // {"code":0,"msg":"处理成功"}
std::string reply_data(std::string_view data_json,                    // … with "data": data_json
                       std::string_view message = {});                // the document's text unless one is given
std::string reply_error(status code, std::string_view message = {});  // the document's text unless a message is given

// data of addRoomCard, queryRoomCard and returnRoomCard: the bare actionId.
std::string action_data(std::string_view action_id);

// data of lockhub's own methods that do something to a room.
std::string room_action_data(std::string_view hotel_no, std::string_view room_id, std::string_view action_id);

// data of enableGuestPwd and enableManagePwd; without an actionId of queryGuestPwd and queryManagePwd.
std::string password_data(std::string_view hotel_no, std::string_view room_id, std::string_view pwd,
                          std::string_view action_id);

}  // namespace lockhub::quhuhu
