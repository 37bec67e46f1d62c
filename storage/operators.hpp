#pragma once
// What store.hpp says of operators: bulk changes of deliveries, verdicts, the directory.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/core/time.hpp"
#include "schemas/domain/delivery.hpp"
#include "schemas/domain/directory.hpp"
#include "storage/actions.hpp"

namespace lockhub::storage {

// An empty or absent field does not filter.
struct delivery_filter {
    std::vector<std::int64_t> ids{};
    std::optional<delivery_state> state{};
    std::string pms{};
    std::string hotel{};
    std::string room{};
    std::string action{};
    std::string event{};  // "lock.opened"
    std::optional<error_class> why{};
    std::optional<time_point> created_from{};
    std::optional<time_point> created_until{};
};

enum class delivery_verb { retry, hold, release, discard };
std::string_view to_string(delivery_verb verb);

struct operator_change {
    delivery_verb verb = delivery_verb::retry;
    delivery_filter filter;
    std::string actor;  // who, for the audit row
    std::string reason;
    bool dry_run = false;  // count only
};
struct operator_changed {
    struct counts {
        std::uint64_t matched = 0;
        std::uint64_t skipped = 0;
    };
    std::uint64_t matched = 0;                  // rows the filter names and the verb may change
    std::uint64_t skipped = 0;                  // rows the filter names and whose state does not allow the verb
    std::map<delivery_state, counts> by_state;  // the same, by the state a row was in
};

// An operator's word on an unverifiable action.
struct action_verdict {
    action_id action;
    bool succeeded = false;
    std::string actor;
    std::string reason;
};

struct directory_change {
    std::vector<directory_row> rows;
    bool dry_run = false;
    std::string actor;
    bool keep_bindings = false;  // the rows say nothing about locks: what is bound stays bound
};
// One line of a difference, at most limits::operator_page_rows of them.
struct directory_difference {
    enum class kind {
        hotel_added,
        hotel_renamed,
        room_type_added,
        room_type_renamed,
        room_added,
        room_changed,
        room_missing,  // the hub has it, the rows (of the same hotel) do not: it stays
        lock_bound,
        lock_unbound
    };
    kind what = kind::room_added;
    std::string pms, hotel, room;  // room: or the room type's code, or ""
    std::string before, after;     // names, numbers, "account/uuid"
};
std::string_view to_string(directory_difference::kind what);
struct directory_changed {
    std::uint64_t hotels_added = 0, room_types_added = 0, rooms_added = 0, rooms_changed = 0, rooms_unchanged = 0;
    std::uint64_t locks_bound = 0, locks_unbound = 0, rooms_missing = 0;
    std::vector<directory_difference> differences{};
};

// Something done by hand that leaves no other trace: the whole unit is the audit row. No secrets.
struct audit_entry {
    std::string actor;
    std::string verb;     // "vendor_call"
    std::string subject;  // "dd-main add_password"
    std::string reason;   // why, or what came of it
};

// Ties a room to a lock for one service, or unties it (empty lock_uuid). not_found: no such room.
struct lock_binding {
    pms_id pms;
    hotel_no hotel;
    room_id room;
    lock_service service = lock_service::password;
    account_id account;
    std::string lock_uuid;
    std::string cloud_home_id;
    std::string cloud_room_id;
    bool dry_run = false;
    std::string actor;
};

}  // namespace lockhub::storage
