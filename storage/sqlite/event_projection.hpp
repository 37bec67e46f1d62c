#pragma once
// What one event of a push causes: lock state, lock log, credentials, and callbacks to PMS systems that subscribe.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

struct pushed_event {
    const push_record& record;
    std::int64_t push = 0;
    std::uint32_t number = 0;  // within the push, from 1
    const lock_event& event;

    time_point occurred_at() const { return event.occurred_at.value_or(record.received_at); }
};

void project_event(workspace& w, const pushed_event& pushed);

}  // namespace lockhub::storage::sqlite
