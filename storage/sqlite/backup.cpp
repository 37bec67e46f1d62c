#include "storage/sqlite/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

namespace {

// A new file that nobody else can read; gone with its companions unless it was kept.
class unfinished_file {
  public:
    explicit unfinished_file(std::string path) : path_(std::move(path)) {
        const int descriptor = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (descriptor < 0) throw std::runtime_error(fmt::format("{}: {}", path_, std::strerror(errno)));
        ::close(descriptor);
    }
    ~unfinished_file() {
        for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) ::unlink((path_ + suffix).c_str());
    }
    unfinished_file(const unfinished_file&) = delete;
    unfinished_file& operator=(const unfinished_file&) = delete;

    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

void copy(sqlite3* from, sqlite3* to) {
    sqlite3_backup* running = sqlite3_backup_init(to, "main", from, "main");
    if (!running) throw sqlite_error(sqlite3_errcode(to), sqlite3_errmsg(to));
    const int stepped = sqlite3_backup_step(running, -1);
    const int finished = sqlite3_backup_finish(running);
    if (stepped != SQLITE_DONE) throw sqlite_error(stepped, sqlite3_errstr(stepped));
    if (finished != SQLITE_OK) throw sqlite_error(finished, sqlite3_errstr(finished));
}

void verify(database& copy) {
    require_current_schema(copy);
    statement check(copy, "PRAGMA integrity_check");
    auto row = check.query();
    if (!row.next() || row.text(0) != "ok")
        throw std::runtime_error(fmt::format("the copy is damaged: {}", row.text(0)));
}

void sync_folder_of(const std::filesystem::path& path) {
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

}  // namespace

std::uint64_t write_backup(database& from, const std::string& path) {
    if (std::filesystem::exists(path)) throw std::runtime_error(fmt::format("{}: exists already", path));
    const unfinished_file partial(path + ".partial");
    {
        sqlite3* to = nullptr;
        const int opened =
            sqlite3_open_v2(partial.path().c_str(), &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
        try {
            if (opened != SQLITE_OK) throw sqlite_error(opened, sqlite3_errstr(opened));
            copy(from.handle(), to);
        } catch (...) {
            sqlite3_close_v2(to);
            throw;
        }
        sqlite3_close_v2(to);
    }
    {
        database copied(partial.path(), database::mode::read_write_create);
        verify(copied);
        copied.checkpoint(database::checkpoint_mode::truncate);
    }
    const auto bytes = std::filesystem::file_size(partial.path());
    // link() and not rename(): a file that appeared meanwhile is not replaced.
    if (::link(partial.path().c_str(), path.c_str()) != 0)
        throw std::runtime_error(fmt::format("{}: {}", path, std::strerror(errno)));
    sync_folder_of(path);
    return bytes;
}

}  // namespace lockhub::storage::sqlite
