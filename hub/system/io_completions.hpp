#pragma once
// Brings the completions of a commit group from the writer thread to the io thread: one hop a group, not one a unit.
#include "dispatch/net/task.hpp"
#include "storage/sqlite/open.hpp"

namespace lockhub::hub {

storage::completion_sink completions_on(dispatch::executor where);

}  // namespace lockhub::hub
