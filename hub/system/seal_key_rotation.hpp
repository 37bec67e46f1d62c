#pragma once
// Which seal key to use, and a new one in its place.
//
// A rotation keeps the new key in "<file>.next", seals everything with it in one transaction, and only then lets it
// take the file's place. Cut off anywhere, it leaves a database that fits one of the two files: the next start uses
// that one, and so does the next rotation, which carries on.
#include <filesystem>
#include <functional>
#include <string>

#include "schemas/core/clock.hpp"
#include "schemas/core/result.hpp"
#include "schemas/core/secret.hpp"
#include "storage/key_rotation.hpp"

namespace lockhub::hub {

std::filesystem::path next_key_file(const std::filesystem::path& file);
// Backups made before a rotation open with the key in this one alone.
std::filesystem::path previous_key_file(const std::filesystem::path& file);

// The key in `file`, made when missing, as load_or_make_seal_key. When it does not fit the database and that of a
// rotation that was cut off does, this one takes the file's place first.
result<secret> fitting_seal_key(const std::filesystem::path& file, const std::filesystem::path& database,
                                entropy& random);

enum class rotation_step { next_key_written, resealed, key_renamed, file_rewritten };

struct rotation_request {
    std::filesystem::path key_file;
    std::filesystem::path database;
    std::string actor;
    std::function<void(rotation_step)> reached{};  // after each step; for tests that cut it off
};

struct rotation_outcome {
    bool resumed = false;      // an earlier one had done all but the renaming: no further key was made
    storage::resealed sealed;  // zeros when resumed
    bool rewritten = false;    // false: the file may still hold pages sealed with the old key
    std::string why_not_rewritten{};
};

// Fails (nothing has changed, or the next one carries on) when a hub runs, the key does not fit, another user owns the
// database, or a file cannot be written.
result<rotation_outcome> rotate_seal_key(const rotation_request& request, const clock& time, entropy& random);

}  // namespace lockhub::hub
