#include "storage/sqlite/store_core.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "schemas/core/limits.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/seal_proof.hpp"

namespace lockhub::storage::sqlite {

namespace {

// SQLite gives its side files the mode of the main one; made here so that nobody else can ever read it.
void make_private_file(const std::filesystem::path& path) {
    std::error_code ec;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), ec);
    if (ec) throw std::runtime_error(fmt::format("{}: cannot make the folder: {}", path.string(), ec.message()));
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) throw std::runtime_error(fmt::format("{}: {}", path.string(), std::strerror(errno)));
    ::close(descriptor);
}

}  // namespace

store_core::store_core(sqlite_options options) : syncs_(options.vfs) {
    make_private_file(options.path);
    if (options.take_lock) lock_ = std::make_unique<lock_file>(options.path);
    try {
        db_ = std::make_unique<database>(options.path.string(), database::mode::read_write_create, syncs_.vfs_name());
        migrate(*db_);
        space_ = std::make_unique<workspace>(*db_, *options.time, *options.random, std::move(options.seal_key));
        check_seal_key(*db_, space_->seal);
    } catch (const engine_failure& why) {
        throw std::runtime_error(fmt::format("{}: {}", options.path.string(), why.what()));
    }
    begin_ = std::make_unique<statement>(*db_, "BEGIN IMMEDIATE");
    commit_ = std::make_unique<statement>(*db_, "COMMIT");
    loop_ = std::make_unique<commit_loop>(*this, *options.time, std::move(options.completions));
}

store_core::~store_core() {
    close();
}

void store_core::set_events(store_events events) {
    *events_ = std::move(events);
    loop_->on_poison(events_->poisoned);
    loop_->on_commit(events_->committed);
}

writer_statistics store_core::statistics() const {
    auto out = loop_->statistics();
    out.fsyncs = syncs_.count();
    return out;
}

void store_core::close() {
    if (std::exchange(closed_, true)) return;
    try {
        if (!statistics().poisoned) db_->checkpoint(database::checkpoint_mode::truncate);
    } catch (const engine_failure&) {  // NOLINT(bugprone-empty-catch)
        // The log holds everything that was acknowledged; the next start reads it.
    }
    lock_.reset();
}

void store_core::begin() {
    begin_->run();
}

void store_core::commit() {
    space_->ledger.write();
    commit_->run();
}

void store_core::roll_back() {
    space_->forget();
    db_->roll_back_if_open();
}

void store_core::announce(completion_batch& out) {
    if (auto hints = space_->hints.take_deliveries(); !hints.empty() && events_->deliveries_ready)
        out.push_back([events = events_, hints = std::move(hints)] { events->deliveries_ready(hints); });
    if (auto hints = space_->hints.take_commands(); !hints.empty() && events_->commands_ready)
        out.push_back([events = events_, hints = std::move(hints)] { events->commands_ready(hints); });
    if (auto hints = space_->hints.take_inventories(); !hints.empty() && events_->inventories_ready)
        out.push_back([events = events_, hints = std::move(hints)] { events->inventories_ready(hints); });
    if (auto news = space_->hints.take_actions(); !news.empty() && events_->actions_moved)
        out.push_back([events = events_, news = std::move(news)] { events->actions_moved(news); });
}

void store_core::after_group() {
    // Between groups and not inside a commit: nobody waits for an answer meanwhile. A failed sync of the database file
    // is thrown and poisons, where SQLite's own automatic checkpoint would keep it to itself.
    if (db_->wal_pages() >= limits::wal_autocheckpoint_pages) db_->checkpoint(database::checkpoint_mode::passive);
}

}  // namespace lockhub::storage::sqlite
