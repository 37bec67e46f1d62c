#pragma once
// Where a PMS tells its hotels, room types and rooms, and what came of asking it.
#include <cstddef>
#include <expected>
#include <string>
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/domain/directory.hpp"

namespace lockhub::dispatch {

struct directory_source {
    pms_id pms;
    secret key;
    bool private_addresses = false;  // the address guard lets it live in a private range
    std::string hotels_url;
    std::string room_types_url;
    std::string rooms_url;
};

struct pulled_directory {
    std::size_t hotels = 0;
    std::size_t room_types = 0;
    std::size_t calls = 0;
    std::vector<directory_row> rows{};                // a row a room, without locks
    std::vector<std::string> hotels_without_rooms{};  // by number
};

struct directory_failure {
    std::string why;      // an error class, or busy, too_often, too_large, invalid, store
    std::string message;  // one sentence that names the service asked; no secrets
};
using directory_outcome = std::expected<pulled_directory, directory_failure>;

}  // namespace lockhub::dispatch
