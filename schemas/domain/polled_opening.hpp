#pragma once
// An opening read from a polled log, as the push that its lock cloud never sends. Pure.
#include <string>
#include <string_view>

#include "schemas/core/ids.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/domain/push.hpp"

namespace lockhub {

// The name of such pushes: 云柚's call, the only log there is to poll.
inline constexpr std::string_view polled_opening_name = "get_device_logs";

// Openings are told apart by account, lock, time, opener and way of opening, since such logs have no ids: whoever reads
// the same opening again, by whatever page, makes the same push.
parsed_push push_of(const account_id& account, std::string_view lock_uuid, const reported_opening& opening);

// What is kept in the place of a push's body: JSON of the opening.
std::string body_of(std::string_view lock_uuid, const reported_opening& opening);

}  // namespace lockhub
