#pragma once
// One SQLite connection. Not thread-safe: a connection belongs to one thread at a time.
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "storage/sqlite/engine_failure.hpp"

struct sqlite3;

namespace lockhub::storage::sqlite {

// What SQLite refused, with its extended result code. Its text names tables and columns, never values.
class sqlite_error : public engine_failure {
  public:
    sqlite_error(int code, const std::string& what);
    int code() const { return code_; }

  private:
    int code_;
};

class database {
  public:
    enum class mode { read_write_create, read_only };

    // Call before anything else of SQLite in this process; later calls do nothing.
    static void configure_library();

    // Opens the file and sets what every connection of lockhub has: WAL, synchronous=FULL, foreign keys, a busy
    // time-out, no automatic checkpoint (the writer checkpoints between groups). Throws sqlite_error.
    database(const std::string& path, mode how, const std::string& vfs = {});
    ~database();
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    // One or several statements without parameters or results.
    void execute(std::string_view sql);
    bool in_transaction() const;
    // Rolls back what is open; SQLite has already done so after some errors. Throws when the rollback fails.
    void roll_back_if_open();

    std::int64_t last_insert_rowid() const;
    std::int64_t total_changes() const;  // rows written since the connection was opened

    // Pages in the write-ahead log after the last commit.
    int wal_pages() const { return wal_pages_; }
    // Moves the log into the file as far as readers allow. `truncate` waits for them and empties the log.
    enum class checkpoint_mode { passive, truncate };
    void checkpoint(checkpoint_mode how);

    const std::string& path() const { return path_; }
    sqlite3* handle() const { return handle_; }

  private:
    void configure(mode how);
    static int on_wal_commit(void* self, sqlite3* handle, const char* schema, int pages);

    std::string path_;
    sqlite3* handle_ = nullptr;
    int wal_pages_ = 0;
};

}  // namespace lockhub::storage::sqlite
