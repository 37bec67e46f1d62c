#pragma once
// How to come by a store and a reader on SQLite.
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "schemas/core/clock.hpp"
#include "schemas/wire/sealed.hpp"
#include "storage/reader.hpp"
#include "storage/store.hpp"

namespace lockhub::storage {

// Completions of a group, handed over in one piece after its commit. The sink brings them to the thread they shall run
// on and runs them in order.
using completion_batch = std::vector<std::move_only_function<void()>>;
using completion_sink = std::function<void(completion_batch)>;

struct sqlite_options {
    std::filesystem::path path;   // created with its folder when missing, mode 0600
    const clock* time = nullptr;  // must outlive the store
    entropy* random = nullptr;    // must outlive the store
    secret seal_key;              // 32 bytes
    completion_sink completions;
    std::string vfs;        // name of a registered SQLite VFS; "" the default. For failure injection
    bool take_lock = true;  // an exclusive lock file beside the database: one hub a file
};

// The store without its thread: units queue up until run_group() is called. For simulations and tests, and the core of
// the threaded one.
class inline_store : public store {
  public:
    // Commits one group of what is queued and hands its completions to the sink. False when nothing was queued.
    virtual bool run_group() = 0;
    // Checkpoint and close; what is queued gets unavailable.
    virtual void close() = 0;
};

// Migrates the file to this program's schema; throws std::runtime_error (names file and reason) when that cannot be:
// locked by another hub, newer schema, not a database, wrong seal key.
std::unique_ptr<inline_store> open_inline_store(sqlite_options options);

class threaded_store : public store {
  public:
    // Commits what is queued, checkpoints, closes, joins the thread. Idempotent.
    virtual void stop() = 0;
};
// One writer thread: the group is whatever arrived during the last commit.
std::unique_ptr<threaded_store> open_threaded_store(sqlite_options options);

// Reads only. Fails when the file is missing, no lockhub database, or of a newer schema. With the seal key, the log
// shows PINs.
result<std::unique_ptr<reader>> open_reader(const std::filesystem::path& path, const clock& time,
                                            std::optional<secret> seal_key = std::nullopt);

}  // namespace lockhub::storage
