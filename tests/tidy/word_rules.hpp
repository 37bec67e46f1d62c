#pragma once
// Words that stand in few places, or nowhere.
#include "tests/tidy/source_file.hpp"

namespace lockhub::tidy {

// Tasks are spawned through task_group; nothing is left to itself.
violations nothing_is_detached(const source_file& file);
// Clocks are read and randomness is drawn behind the seams of schemas/core/clock.hpp.
violations time_and_randomness_stay_behind_seams(const source_file& file);
violations nobody_sleeps(const source_file& file);
violations sql_stays_in_the_engine(const source_file& file);
violations no_select_star(const source_file& file);
violations no_leftovers(const source_file& file);

}  // namespace lockhub::tidy
