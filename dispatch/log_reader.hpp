#pragma once
// Reads a lock's log page by page from a cloud that counts its pages (command_verb::count_log). io thread only.
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "dispatch/core/log_walk.hpp"
#include "dispatch/net/task.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/core/ids.hpp"
#include "schemas/core/result.hpp"
#include "schemas/domain/command.hpp"

namespace lockhub::dispatch {

// As command_runner::ask.
using ask_cloud = std::function<task<result<command_facts>>(account_id, vendor_command, time_point until)>;

struct logged_lock {
    account_id account;
    std::string lock_uuid, cloud_home_id, cloud_room_id;
};

// How many pages of limits::log_page_openings there are.
task<result<std::size_t>> count_pages(const ask_cloud& ask, const logged_lock& lock, time_point until);
// The openings of one page, counted from 1.
task<result<std::vector<reported_opening>>> read_page(const ask_cloud& ask, const logged_lock& lock, std::size_t page,
                                                      time_point until);

}  // namespace lockhub::dispatch
