#pragma once
// A lock cloud's report of one lock, applied: doubts are settled, what the hub believes follows what was found, and
// what differs is noted.
#include "storage/sqlite/repairing.hpp"
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

struct doubts_judged {
    std::uint32_t settled = 0;
    bool again_soon = false;  // one was not found, once
};
doubts_judged judge_doubts(workspace& w, const lock_place& lock, const inventory_report& report);

struct differences_noted {
    std::uint32_t found = 0;
    std::uint32_t settled = 0;
    std::vector<mendable> mendable_ones;
};
differences_noted note_differences(workspace& w, const lock_place& lock, const inventory_report& report,
                                   time_point now);

}  // namespace lockhub::storage::sqlite
