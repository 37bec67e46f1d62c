#pragma once
// What operators change by hand, and what age removes.
#include "storage/sqlite/unit.hpp"
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

// Runs in steps of limits::bulk_step_span deliveries, a commit each, so that pushes are stored in between. Looks at
// what was there when it began. One audit row for the whole change, written with its first step.
unit_pointer make_delivery_change(workspace& w, operator_change change, completion<operator_changed> done);

// Dead deliveries stay until an operator discards them.
result<std::uint64_t> expunge(workspace& w, const expunge_request& request);

// What the verb makes of a delivery in this state; false when the state does not allow it.
bool allows(delivery_verb verb, delivery_state state, bool due);

}  // namespace lockhub::storage::sqlite
