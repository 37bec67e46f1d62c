#include "hub/lockapi/methods.hpp"
#include "schemas/quhuhu/abilities.hpp"
#include "schemas/quhuhu/room_replies.hpp"

namespace lockhub::hub {
namespace {

verb_set verbs_of(const lockapi_settings& settings, const std::optional<storage::room_lock>& lock) {
    if (!lock) return {};
    const auto found = settings.served.find(lock->account.value);
    return found == settings.served.end() ? verb_set{} : found->second;
}

}  // namespace

// Rooms the directory does not have are left out, as of queryRoomLockInfo.
task<operation_answer> query_room_abilities(lockapi_context& with, lockapi_call call) {
    const auto& request = call.request;
    const std::vector<std::string> of_every_type;
    auto listed = co_await with.reads.rooms(request.pms, request.hotel, of_every_type, request.rooms);
    if (!listed) co_return not_read(listed.error());
    std::vector<room_id> ids;
    for (auto& room : *listed) ids.emplace_back(std::move(room.room_id));
    auto rooms = co_await with.reads.locks_of_rooms(request.pms, request.hotel, std::move(ids));
    if (!rooms) co_return not_read(rooms.error());
    std::vector<quhuhu::room_abilities> able;
    for (auto& room : *rooms) {
        const auto by_password_lock = verbs_of(with.settings, room.password);
        const auto by_card_lock = verbs_of(with.settings, room.card);
        able.push_back({std::move(room.room_id), quhuhu::abilities_of(by_password_lock, by_card_lock)});
    }
    co_return answered(quhuhu::room_abilities_data(request.hotel.value, able));
}

}  // namespace lockhub::hub
