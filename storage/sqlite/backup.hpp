#pragma once
#include <cstdint>
#include <string>

#include "storage/sqlite/database.hpp"

namespace lockhub::storage::sqlite {

// Copies the database as of now to a new file (mode 0600) while others go on writing, verifies the copy and only then
// gives it its name. How many bytes it has. Throws std::runtime_error; then nothing is left at `path`.
std::uint64_t write_backup(database& from, const std::string& path);

}  // namespace lockhub::storage::sqlite
