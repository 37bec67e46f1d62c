#pragma once
// Fills a stopped hub's outbox by SQL: ready callbacks, each in a lane of its own, spread over PMS systems named by
// pms_name().
#include <cstdint>
#include <filesystem>

namespace lockhub::bench {

struct outbox_seed {
    std::uint64_t rows = 0;
    std::uint64_t pms_systems = 1;
    std::uint64_t due_now = 0;  // the first so many; the others are due in a day and later
};

// The database exists. Throws storage::sqlite::sqlite_error.
void seed_outbox(const std::filesystem::path& file, const outbox_seed& seed);

}  // namespace lockhub::bench
