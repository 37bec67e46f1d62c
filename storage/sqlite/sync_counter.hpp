#pragma once
// A SQLite VFS that counts how often the engine syncs its files, and leaves everything else to the VFS beneath.
// Registered while the object lives, which must be longer than any connection that names it. count() from any thread.
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace lockhub::storage::sqlite {

class sync_counter {
  public:
    // `base`: name of a registered VFS, "" for the default. Throws std::runtime_error when there is none of that name.
    explicit sync_counter(const std::string& base);
    ~sync_counter();
    sync_counter(const sync_counter&) = delete;
    sync_counter& operator=(const sync_counter&) = delete;

    const std::string& vfs_name() const { return name_; }
    std::uint64_t count() const { return count_.load(std::memory_order_relaxed); }

  private:
    struct registered;

    std::string name_;
    std::atomic<std::uint64_t> count_ = 0;
    std::unique_ptr<registered> registered_;
};

}  // namespace lockhub::storage::sqlite
