#pragma once
// What store.hpp says of homes and rooms made at lock clouds. Each call to a cloud stands between two of these units:
// the intent before it, what became of it after.
#include <cstdint>
#include <string>
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/domain/provisioning.hpp"
#include "storage/operators.hpp"

namespace lockhub::storage {

// Of one hotel at one account. not_found: no such hotel. conflict: it is another home there, or the home is another
// hotel's.
struct places_change {
    account_id account;
    pms_id pms;
    hotel_no hotel;
    std::string home_id;
    std::vector<remembered_place> places{};  // written as they are given
    std::vector<std::string> gone{};         // cloud ids of rooms to forget
    // Locks of this account bound to rooms that are present, and of which no home or room is known, get it.
    bool fill_locks = false;
    audit_entry audit{};  // without an actor: none
};
struct places_changed {
    std::uint64_t locks_filled = 0;
};

struct provisioned_home {
    pms_id pms;
    hotel_no hotel;
    std::string home_id;
    std::vector<remembered_place> places;  // the home itself first
};

}  // namespace lockhub::storage
