#pragma once
// A leased command as the dispatcher gets it: everything its call needs, from the action, the lock and the credential.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

leased_command describe(workspace& w, const command_record& command);

}  // namespace lockhub::storage::sqlite
