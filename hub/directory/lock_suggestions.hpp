#pragma once
// Finds the locks of a hotel's rooms by name, in what a lock cloud lists, and binds those that are certain when told
// to. A room that has a lock keeps it, and a lock of another room stays there. io thread only.
#include <functional>
#include <string>
#include <vector>

#include "dispatch/net/task.hpp"
#include "hub/system/reader_pool.hpp"
#include "schemas/core/ids.hpp"
#include "schemas/core/result.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/domain/room_matching.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

struct suggestion_request {
    pms_id pms;
    hotel_no hotel;
    account_id account;
    storage::lock_service service = storage::lock_service::password;
    std::string home;  // the cloud's; "": those of the hotel's locks that are known
    bool apply = false;
    std::string actor;
};

struct suggestion_room {
    std::string room;
    std::string room_no;
};

struct lock_suggestion {
    enum class state {
        possible,    // may be bound
        bound,       // apply: was bound just now
        as_before,   // is bound already
        room_taken,  // the room has another lock
        lock_taken,  // the lock belongs to another room
        refused,     // the store would not have it
    };
    suggestion_room room;
    reported_device device;
    room_match::kind how = room_match::kind::exact;
    state what = state::possible;
    std::string note{};  // room_taken: its lock; lock_taken: its room; refused: why
};
std::string_view to_string(lock_suggestion::state state);

struct unclear_suggestion {
    std::vector<suggestion_room> rooms;
    std::vector<reported_device> devices;
};

struct lock_suggestions {
    std::size_t rooms = 0;
    std::size_t devices = 0;
    std::vector<lock_suggestion> suggestions;
    std::vector<unclear_suggestion> unclear;
    std::vector<suggestion_room> rooms_left;  // without a device of that name, and without a lock
    std::vector<reported_device> devices_left;
};

struct suggestion_seams {
    storage::store& store;
    reader_pool& readers;
    // As command_runner::ask has it.
    std::function<dispatch::task<result<command_facts>>(account_id, vendor_command)> ask;
};

// Fails with not_found (no such hotel), too_large (limits::matched_rooms), and as asking and the store do. The seams
// outlive the task.
dispatch::task<result<lock_suggestions>> suggest_locks(const suggestion_seams& seams, suggestion_request request);

}  // namespace lockhub::hub
