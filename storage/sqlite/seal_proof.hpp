#pragma once
// The proof in `settings` that a seal key is the one this database is sealed with.
#include <string>

#include "schemas/wire/sealed.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/sealing.hpp"

namespace lockhub::storage::sqlite {

enum class seal_fit { fits, other_key, nothing_sealed };  // nothing_sealed: a new database, any key will do

seal_fit try_seal_key(database& db, const wire::sealer& key);
void write_seal_proof(database& db, sealing& seal);

// Writes the proof into a new database. Throws std::runtime_error when another key was used.
void check_seal_key(database& db, sealing& seal);

}  // namespace lockhub::storage::sqlite
