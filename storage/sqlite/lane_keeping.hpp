#pragma once
// Steps on the outbox that several units share: they keep lanes, ledger and hints true together.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

// Inserts, counts it as accepted and tells the dispatcher when it is ready.
void enqueue(workspace& w, const new_delivery& row);

// Call after a ready or leased delivery went to a state that does not block its lane.
void release_lane(workspace& w, std::int64_t lane);

// The delivery's attempt was cut off by a stop or a crash: counts, and is written as interrupted.
void take_back(workspace& w, const delivery_head& leased, time_point now);

}  // namespace lockhub::storage::sqlite
