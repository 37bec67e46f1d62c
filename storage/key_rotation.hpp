#pragma once
// A new seal key for a whole database, while no hub runs. Whoever calls keeps both keys until reseal() has returned:
// what it does is one transaction, so a crash leaves a database that fits one of them.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "schemas/core/clock.hpp"
#include "schemas/core/result.hpp"
#include "schemas/core/secret.hpp"

namespace lockhub::storage {

// True also for a database in which nothing was sealed yet. Takes no lock and changes nothing. Fails when the file is
// missing (not_found) or no lockhub database (unavailable).
result<bool> seal_key_fits(const std::filesystem::path& database, const secret& key);

struct resealed {
    std::uint64_t pins = 0;
    std::uint64_t biometrics = 0;  // pictures and fingerprints on their way to a lock
    std::uint64_t tokens = 0;
    std::uint64_t pushes = 0;
};

// Holds the database's lock for as long as it lives, so that no hub can start meanwhile. One thread.
class key_rotation {
  public:
    virtual ~key_rotation() = default;

    virtual bool fits(const secret& key) = 0;

    // Everything sealed, and the proof of the key, in one transaction with an audit row; durable when it returns.
    // Throws std::runtime_error naming the row when something does not open with `from`; then nothing has changed.
    virtual resealed reseal(const secret& from, const secret& to, entropy& random, time_point now,
                            std::string_view actor) = 0;

    // Writes the whole file anew, so that no page of it, free ones included, keeps what `from` sealed. Needs free space
    // of about twice the file. False when a reader elsewhere kept the old pages in place. Throws std::runtime_error.
    virtual bool rewrite() = 0;
};

// Brings the file to this program's schema. Throws std::runtime_error (names file and reason): missing, in use by a
// hub, no lockhub database, newer schema.
std::unique_ptr<key_rotation> begin_key_rotation(const std::filesystem::path& database);

}  // namespace lockhub::storage
