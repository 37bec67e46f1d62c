#include "storage/sqlite/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "schemas/core/limits.hpp"

namespace lockhub::storage::sqlite {

namespace {

constexpr int busy_timeout_ms = 5000;

bool is_fatal_code(int code) {
    switch (code & 0xff) {
        case SQLITE_IOERR:
        case SQLITE_FULL:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_NOMEM:
            return true;
        default:
            return false;
    }
}

}  // namespace

sqlite_error::sqlite_error(int code, const std::string& what)
    : engine_failure(fmt::format("SQLite: {} (code {})", what, code), is_fatal_code(code)), code_(code) {}

void database::configure_library() {
    // SQLite counts its memory under a mutex of the whole process unless told not to; nobody reads the count.
    static const int ignored = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(ignored);
}

database::database(const std::string& path, mode how, const std::string& vfs) : path_(path) {
    configure_library();
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (how == mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    const int code = sqlite3_open_v2(path.c_str(), &handle_, flags, vfs.empty() ? nullptr : vfs.c_str());
    if (code != SQLITE_OK) {
        const std::string why = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
        sqlite3_close_v2(handle_);
        throw sqlite_error(code, why);
    }
    try {
        configure(how);
    } catch (...) {
        sqlite3_close_v2(handle_);
        throw;
    }
}

database::~database() {
    sqlite3_close_v2(handle_);
}

void database::configure(mode how) {
    sqlite3_busy_timeout(handle_, busy_timeout_ms);
    execute("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY");
    execute(fmt::format("PRAGMA cache_size = -{}", limits::page_cache_kib));
    if (how == mode::read_only) {
        execute("PRAGMA query_only = ON");
        return;
    }
    execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
    // Closing must not write: after a failure nothing may, otherwise the writer has checkpointed already.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    // The hook must come after wal_autocheckpoint, which is a hook itself and would replace this one.
    sqlite3_wal_hook(handle_, &database::on_wal_commit, this);
}

int database::on_wal_commit(void* self, sqlite3*, const char*, int pages) {
    static_cast<database*>(self)->wal_pages_ = pages;
    return SQLITE_OK;
}

void database::execute(std::string_view sql) {
    const std::string text(sql);
    const int code = sqlite3_exec(handle_, text.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw sqlite_error(code, sqlite3_errmsg(handle_));
}

bool database::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

void database::roll_back_if_open() {
    if (in_transaction()) execute("ROLLBACK");
}

std::int64_t database::last_insert_rowid() const {
    return sqlite3_last_insert_rowid(handle_);
}

std::int64_t database::total_changes() const {
    return sqlite3_total_changes64(handle_);
}

void database::checkpoint(checkpoint_mode how) {
    const int mode = how == checkpoint_mode::truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, nullptr, nullptr);
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) throw sqlite_error(code, sqlite3_errmsg(handle_));
}

}  // namespace lockhub::storage::sqlite
