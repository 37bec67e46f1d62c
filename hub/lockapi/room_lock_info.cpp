#include "hub/lockapi/methods.hpp"
#include "schemas/quhuhu/room_replies.hpp"

namespace lockhub::hub {

task<operation_answer> query_room_lock_info(lockapi_context& with, lockapi_call call) {
    const auto& request = call.request;
    auto found = co_await with.reads.rooms(request.pms, request.hotel, request.room_type_codes, request.rooms);
    if (!found) co_return not_read(found.error());
    std::vector<quhuhu::room_lock_info> rooms;
    rooms.reserve(found->size());
    for (auto& room : *found) rooms.push_back({std::move(room.room_type_code), std::move(room.room_id), room.has_lock});
    co_return answered(quhuhu::room_lock_info_data(request.hotel.value, rooms));
}

}  // namespace lockhub::hub
