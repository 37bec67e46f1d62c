#pragma once
// A hotel of the directory as a lock cloud is to have it. Pure.
#include <vector>

#include "schemas/domain/provisioning.hpp"
#include "storage/reader.hpp"

namespace lockhub::hub {

struct provision_request {
    pms_id pms;  // "": the only one with a hotel of that number
    hotel_no hotel;
    account_id account;
    std::string home;    // the cloud's id for the hotel; "": see want_places
    wire::form details;  // of the home, by the cloud's names; what is left out stays as it was
    bool apply = false;
    bool prune = false;  // remove rooms there that the directory lacks
    std::string actor;
};

struct wanted_places {
    pms_id pms;
    hotel_no hotel;
    place_home home;
    std::size_t left_out = 0;       // rooms whose locks are another account's, or stand in another home
    std::size_t locks_lacking = 0;  // locks of the rooms of which no home is known yet
    std::vector<remembered_place> remembered;
    std::vector<place_home> others;  // homes of the account's other hotels, as it was told of them
};

// `rooms`: those of that hotel number, of one PMS. Fails with not_found, too_large, and conflict where more than one
// PMS has the hotel. Without `pms` in the request it is filled in.
result<> check_hotel(const std::vector<storage::directory_listing_row>& rooms, provision_request& request);

// The home is the one given, or that the cloud was told of, or the one in which the hotel's locks stand, or the hotel's
// number. Fails with invalid_input (a detail nobody knows, or one that is missing) and conflict (the hotel is another
// home already, its locks stand in several, two rooms would be the same one there).
result<wanted_places> want_places(const place_codec& codec, const std::vector<storage::directory_listing_row>& rooms,
                                  const std::vector<storage::provisioned_home>& homes,
                                  const provision_request& request);

}  // namespace lockhub::hub
