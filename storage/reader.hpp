#pragma once
// Reading for operators: synchronous, on a connection of its own that cannot write. Not for the io thread. Works on the
// file while the service is down. Each call sees one snapshot.
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "schemas/core/result.hpp"
#include "storage/store.hpp"

namespace lockhub::storage {

struct delivery_row {
    delivery_id id;
    delivery_state state = delivery_state::ready;
    delivery_kind kind = delivery_kind::event;
    std::string pms, hotel, room, room_no;
    std::string action;  // results
    std::string event;   // events: unified name
    time_point created_at{};
    time_point due_at{};
    std::uint32_t attempts = 0;
    error_class why = error_class::none;
    std::string message;
    std::string held_reason;
    std::optional<delivery_id> behind;  // queued: the head of its lane
    time_point finished_at{};           // final states; epoch otherwise
};

struct attempt_row {
    std::uint32_t number = 0;
    time_point started_at{};
    time_point finished_at{};
    error_class why = error_class::none;
    int http_status = 0;
    std::string message;
    std::string response;
};

struct action_row {
    action_id id;
    action_state state = action_state::open;
    std::string pms, hotel, room, room_no, method, operator_name;
    time_point created_at{};
    time_point finished_at{};
    std::optional<int> final_code;
    std::string message;
    bool callback_promised = true;
    command_verb verb = command_verb::set_pin;  // what the PMS wants in the end
    std::string reader_id;                      // card reader; "" where none is meant
    card_facts card;                            // what the reader showed, or what the card is made with
    std::string holder, holder_name;            // of a face, a fingerprint or access; "" for everybody
    // its latest command
    std::optional<command_verb> step;  // nullopt: it needed none
    command_state command = command_state::pending;
    std::string account, lock_uuid, ref, credential_ref;
    time_point command_due_at{};
    std::uint32_t sends = 0;
    std::int64_t vendor_code = 0;  // the lock cloud's, of a refusal
};

struct delivery_detail {
    delivery_row row;
    std::string payload;
    std::vector<attempt_row> attempts;
    std::optional<action_row> action;
};

struct directory_listing_row {
    directory_row row;
    std::optional<bool> online;  // nullopt: never heard of
    std::optional<int> battery_percent;
    time_point heard_at{};
    std::string card_account, card_lock_uuid;  // the lock of its cards; empty: none
};

// accepted = delivered + held + pending + dead + discarded + expunged, counted from the rows on the right side and
// from the ledger on the left.
struct conservation {
    std::uint64_t accepted = 0, delivered = 0, held = 0, pending = 0, dead = 0, discarded = 0, expunged = 0;
    bool holds() const { return accepted == delivered + held + pending + dead + discarded + expunged; }
};

struct depth {
    std::uint64_t rows = 0;
    time_point oldest_at{};  // epoch when there is none
};

struct depths {
    std::map<std::string, depth> deliveries;  // by state that is not final
    std::map<std::string, depth> commands;
    depth parked_results;
};

// --- what the lockapi reads

struct lockapi_room {
    std::string room_type_code;
    std::string room_id;
    bool has_lock = false;  // for passwords or for cards
};

// A lock as it serves a room.
struct room_lock {
    account_id account;
    std::string lock_uuid, cloud_home_id, cloud_room_id;
    std::optional<bool> online;  // nullopt: never heard of
    std::optional<int> battery_percent;
    std::optional<int> signal_percent;
    bool battery_low = false;   // it said so itself, or is at limits::low_battery_percent at most
    bool faulty = false;        // it reported a fault and has not been opened since
    time_point condition_at{};  // of the youngest of these; epoch: never
};

struct room_locks {
    std::string room_id;
    bool known = false;  // false: the directory has no such room
    std::string room_no;
    std::optional<room_lock> password;
    std::optional<room_lock> card;
};

struct log_question {
    pms_id pms;
    hotel_no hotel;
    std::vector<room_id> rooms;
    time_point from{};
    time_point until{};
    std::size_t offset = 0;
    std::size_t count = 0;
};
struct log_row {
    std::string room_id;
    time_point occurred_at{};
    int source = 0;
    std::string source_id, source_name;
    bool succeeded = true;
    secret pin;  // of an opening by a PIN the hub knows; empty unless the reader was opened with the seal key
};
struct log_rows {
    std::vector<log_row> rows;  // newest first
    std::uint64_t total = 0;
};

class reader {
  public:
    virtual ~reader() = default;

    // Of one hotel, by room type and room; an empty list does not filter. not_found: no such hotel.
    virtual result<std::vector<lockapi_room>> lockapi_rooms(const pms_id& pms, const hotel_no& hotel,
                                                            const std::vector<std::string>& room_type_codes,
                                                            const std::vector<room_id>& rooms) = 0;
    // One for each room asked for, in that order. not_found: no such hotel.
    virtual result<std::vector<room_locks>> locks_of_rooms(const pms_id& pms, const hotel_no& hotel,
                                                           const std::vector<room_id>& rooms) = 0;
    // Openings and wrong passwords of the rooms' locks from `from` to `until`, both included. Rooms the directory does
    // not know have none. At most limits::lockapi_page_rows of them at a time. not_found: no such hotel.
    virtual result<log_rows> lock_log(const log_question& question) = 0;

    virtual result<std::vector<delivery_row>> list_deliveries(const delivery_filter& filter,
                                                              std::size_t limit) = 0;  // newest first
    virtual result<delivery_detail> explain_delivery(delivery_id id) = 0;
    virtual result<std::vector<action_row>> list_actions(const std::string& state, std::size_t limit) = 0;
    virtual result<action_row> find_action(const action_id& id) = 0;
    virtual result<std::vector<directory_listing_row>> list_directory(const std::string& pms, const std::string& hotel,
                                                                      std::size_t limit) = 0;
    virtual result<std::vector<std::pair<account_id, std::string>>> unbound_locks(std::size_t limit) = 0;
    // Those not settled, unless settled ones are asked for; gravest kinds first, then the oldest.
    virtual result<std::vector<drift_row>> list_differences(const drift_filter& filter, std::size_t limit) = 0;
    virtual result<std::vector<drift_count>> count_differences() = 0;  // not settled, by kind and state
    // Of every hotel that was made at the account.
    virtual result<std::vector<provisioned_home>> provisioned_homes(const account_id& account) = 0;
    virtual result<conservation> count_conservation() = 0;
    virtual result<depths> count_depths() = 0;
    // Copies the database on line to `path` (which must not exist) and verifies the copy with integrity_check.
    virtual result<std::uint64_t> backup(const std::string& path) = 0;  // bytes written
};

}  // namespace lockhub::storage
