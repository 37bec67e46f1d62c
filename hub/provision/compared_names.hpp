#pragma once
// Rooms of the directory beside those a lock cloud lists, where nothing can be made there. Pure.
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/domain/provisioning.hpp"
#include "storage/reader.hpp"

namespace lockhub::hub {

struct compared_names {
    std::size_t rooms = 0;
    std::size_t matched = 0;   // with a device of that name, or bound to one that is listed
    std::size_t left_out = 0;  // their locks are another account's alone
    std::vector<place_difference> differences;
};
compared_names compare_room_names(const std::vector<storage::directory_listing_row>& rooms,
                                  const std::vector<reported_device>& devices, const account_id& account);

}  // namespace lockhub::hub
