// What SQLite itself can do here, with the pragmas of the hub's writer: one row like the inbox's and one narrow row an
// event; and the hub's own unit of work without a server around it.
#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <vector>

#include "hub/system/system_clock.hpp"
#include "hub/system/system_entropy.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/dingding/cloud.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/open.hpp"
#include "storage/sqlite/statement.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/push_bodies.hpp"

namespace lockhub::bench {

namespace {

using steady = std::chrono::steady_clock;
using storage::sqlite::blob;
using storage::sqlite::database;
using storage::sqlite::statement;

constexpr std::size_t locks = 1000;
constexpr auto longest = std::chrono::seconds(5);

struct commit_rate {
    double rows_per_second = 0;
    double commits_per_second = 0;
};

commit_rate rate_of(std::uint64_t rows, std::uint64_t commits, steady::time_point began) {
    const auto seconds = std::chrono::duration<double>(steady::now() - began).count();
    return {static_cast<double>(rows) / seconds, static_cast<double>(commits) / seconds};
}

class raw_tables {
  public:
    explicit raw_tables(const std::filesystem::path& file) : db_(file.string(), database::mode::read_write_create) {
        db_.execute(R"(
CREATE TABLE inbox (push_id INTEGER PRIMARY KEY AUTOINCREMENT, received_at_ms INTEGER NOT NULL, account TEXT NOT NULL,
                    name TEXT NOT NULL, body TEXT NOT NULL, dedupe_order INTEGER NOT NULL, dedupe_hash BLOB NOT NULL,
                    UNIQUE (dedupe_order, dedupe_hash)) STRICT;
CREATE TABLE lock_log (push_id INTEGER PRIMARY KEY, lock_row INTEGER NOT NULL, source INTEGER NOT NULL) STRICT)");
        insert_push_ = std::make_unique<statement>(db_, R"(
INSERT INTO inbox (received_at_ms, account, name, body, dedupe_order, dedupe_hash) VALUES (?, ?, ?, ?, ?, ?))");
        insert_log_ =
            std::make_unique<statement>(db_, "INSERT INTO lock_log (push_id, lock_row, source) VALUES (?, ?, ?)");
        begin_ = std::make_unique<statement>(db_, "BEGIN IMMEDIATE");
        commit_ = std::make_unique<statement>(db_, "COMMIT");
    }

    void commit_group(const std::vector<std::string>& bodies, std::size_t rows) {
        begin_->run();
        for (std::size_t i = 0; i < rows; ++i) insert(bodies[next_ % bodies.size()]);
        commit_->run();
        if (db_.wal_pages() >= limits::wal_autocheckpoint_pages) db_.checkpoint(database::checkpoint_mode::passive);
    }

  private:
    void insert(const std::string& body) {
        // An odd factor makes another order of each number: a stand-in for a digest, without its cost.
        const std::uint64_t mixed[2] = {next_ * 0x9e3779b97f4a7c15U, next_};
        char hash[sizeof mixed];
        std::memcpy(hash, mixed, sizeof mixed);
        insert_push_->run(std::int64_t{1'760'000'000'000}, "dd-main", "lockerOpenAlarm", body, next_ / 50,
                          blob{{hash, sizeof hash}});
        insert_log_->run(db_.last_insert_rowid(), next_ % locks, 2);
        ++next_;
    }

    database db_;
    std::unique_ptr<statement> insert_push_, insert_log_, begin_, commit_;
    std::uint64_t next_ = 0;
};

commit_rate measure_raw(const bench_settings& settings, std::size_t group) {
    raw_tables tables(settings.folder / fmt::format("raw-{}.db", group));
    std::vector<std::string> bodies(1000);
    const push_bodies made(locks);
    for (std::size_t i = 0; i < bodies.size(); ++i) made.append(i, bodies[i]);
    const auto most = settings.scaled(group == 1 ? 20'000 : 400'000 / group);
    const auto began = steady::now();
    std::uint64_t commits = 0;
    for (; commits < most && steady::now() - began < longest; ++commits) tables.commit_group(bodies, group);
    return rate_of(commits * group, commits, began);
}

// Pushes as the route hands them to the store.
std::vector<storage::push_record> parsed_pushes(std::uint64_t count) {
    dingding::account_settings account;
    account.account = account_id("dd-main");
    account.event_url = push_bodies::event_url;
    account.result_url = push_bodies::result_url;
    account.base_url = "http://127.0.0.1:9/openapi/v1";
    account.sign = dingding::sign_policy::required;
    const auto cloud = dingding::make_cloud(account);
    const push_bodies made(locks);
    std::vector<storage::push_record> records;
    for (std::uint64_t i = 0; i < count; ++i) {
        std::string body;
        made.append(i, body);
        auto parsed = cloud->parse_push({std::string(push_bodies::event_url), "application/json", body});
        records.push_back({account.account, std::move(parsed.value()), std::move(body), hub::system_clock().now()});
    }
    return records;
}

commit_rate measure_units(const bench_settings& settings, std::size_t group) {
    const hub::system_clock time;
    hub::system_entropy random;
    storage::sqlite_options options;
    options.path = settings.folder / fmt::format("units-{}.db", group);
    options.time = &time;
    options.random = &random;
    options.seal_key = secret(std::string(32, 'k'));
    options.completions = [](storage::completion_batch batch) {
        for (auto& complete : batch) complete();
    };
    const auto store = storage::open_inline_store(std::move(options));
    const auto most = settings.scaled(group == 1 ? 10'000 : 200'000 / group);
    auto records = parsed_pushes(most * group);
    std::uint64_t stored = 0, commits = 0;
    const auto began = steady::now();
    for (; commits < most && steady::now() - began < longest; ++commits) {
        for (std::size_t k = 0; k < group; ++k)
            store->record_push(std::move(records[commits * group + k]), [&](auto done) { stored += done ? 1U : 0U; });
        store->run_group();
    }
    const auto rate = rate_of(stored, commits, began);
    store->close();
    return rate;
}

std::string text_of(const commit_rate& rate) {
    return fmt::format("{:.0f}/s in {:.0f} commits/s", rate.rows_per_second, rate.commits_per_second);
}

}  // namespace

void measure_group_commit(const bench_settings& settings, figures_so_far& figures) {
    print_heading('c', "SQLite group commit alone, one thread: WAL, synchronous = FULL");
    for (const auto group : group_sizes) {
        const auto raw = measure_raw(settings, group);
        figures.raw_rows_per_second[group] = raw.rows_per_second;
        print_line(fmt::format("groups of {}: two rows an event", group), text_of(raw));
    }
    for (const auto group : group_sizes) {
        const auto units = measure_units(settings, group);
        print_line(fmt::format("groups of {}: the hub's unit of a push", group), text_of(units));
    }
    if (const auto ingest = find_figure(figures.ingest_per_second, connection_counts.back()))
        print_line("(b) at 256 connections, of groups of 256",
                   share_of(*ingest, find_figure(figures.raw_rows_per_second, group_sizes.back()), 'c'));
}

}  // namespace lockhub::bench
