#pragma once
// The schema's history, compiled in: forward only, numbered from 1 without gaps. PRAGMA user_version says how many of
// them a file has had.
#include <span>
#include <string_view>

#include "storage/sqlite/database.hpp"

namespace lockhub::storage::sqlite {

struct migration {
    int number = 0;
    std::string_view name;
    std::string_view sql;
};

std::span<const migration> migrations();

// The file format mark of a lockhub database ("lkhb"), PRAGMA application_id.
inline constexpr std::int64_t application_id = 0x6c6b6862;

// Each missing migration in a transaction of its own. Throws std::runtime_error when the file is no lockhub database or
// was written by a newer lockhub.
void migrate(database& db);

// What `migrate` would refuse, and also a file that still lacks migrations: for readers, which cannot migrate.
void require_current_schema(database& db);

}  // namespace lockhub::storage::sqlite
