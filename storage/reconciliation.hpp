#pragma once
// What store.hpp and reader.hpp say of reconciliation: what the hub wants on a lock against what its cloud reports.
//
// A lock has an inventory when PINs of the hub's stand on it or its state is in doubt. Inventories are leased when due,
// asked of the cloud by whoever leased them, and handed back with the answer or the failure. What differs is a row of
// its own until it is settled; its repairs are ordinary actions (method "repair", no callback).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/core/time.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/domain/pin_drift.hpp"

namespace lockhub::storage {

inline constexpr std::string_view repair_method = "repair";
inline constexpr std::string_view repair_operator = "lockhub";

enum class drift_state : std::uint8_t {
    open,
    repairing,  // an action for it is under way
    suspended,  // limits::repair_tries within limits::repair_window did not help: an operator resumes it
    settled,    // final: seen no more, or accepted
};
std::string_view to_string(drift_state state);
std::optional<drift_state> drift_state_from(std::string_view name);

struct inventory_lease_request {
    struct share {
        account_id account;
        std::size_t limit = 0;
    };
    std::vector<share> shares;
    duration lease{};  // due again by itself after it
};

struct leased_inventory {
    account_id account;
    std::string lock_uuid, cloud_home_id, cloud_room_id;
};

struct inventories_leased {
    std::vector<leased_inventory> locks;
    std::optional<time_point> next_due;  // of the shares' accounts, after these
};

// By hand: the locks of a hotel, or of one room. Nothing needs to be due. not_found: no such hotel or room.
struct inventory_wish {
    pms_id pms;
    hotel_no hotel;
    room_id room;                      // empty: every room
    std::vector<account_id> accounts;  // those whose cloud can be asked; locks of others are left out
    duration lease{};
};

struct inventory_report {
    account_id account;
    std::string lock_uuid;
    time_point asked_at{};
    std::vector<reported_credential> credentials;
    duration again_after{};
    bool repair = true;  // false: differences are noted, nothing is opened
};
struct inventory_applied {
    bool compared = false;  // false: what is known changed meanwhile, or a command of the lock is under way
    std::uint32_t found = 0;
    std::uint32_t settled = 0;
    std::uint32_t doubts_settled = 0;
    std::optional<action_id> repair;
};

struct inventory_failure {
    account_id account;
    std::string lock_uuid;
    duration again_after{};  // at most; sooner after the first failures
    std::string message;
};

enum class drift_verb : std::uint8_t {
    resume,  // of a suspended one: tries again
    accept,  // the hub takes over what the lock has
};
std::string_view to_string(drift_verb verb);
struct drift_change {
    std::int64_t id = 0;
    drift_verb verb = drift_verb::resume;
    std::string actor;
    std::string reason;
};

struct drift_filter {
    std::string hotel{};                 // "": every hotel
    std::optional<drift_state> state{};  // nullopt: all that are not settled
};

struct drift_row {
    std::int64_t id = 0;
    drift_kind kind = drift_kind::pin_missing;
    drift_state state = drift_state::open;
    std::string account, lock_uuid, pms, hotel, room, room_no;  // the room may be unknown
    std::string credential_ref, action, name;                   // name: what the cloud calls it
    bool manage = false;
    std::optional<time_point> wanted_until, found_until;
    time_point first_seen_at{}, last_seen_at{};
    std::uint32_t tries = 0;
    std::string reason;
    std::string repair;  // the latest action for it
};

struct drift_count {
    drift_kind kind = drift_kind::pin_missing;
    drift_state state = drift_state::open;
    std::uint64_t rows = 0;
    time_point oldest_at{};
};

}  // namespace lockhub::storage
