#include <fmt/format.h>
#include <sqlite3.h>

#include <stdexcept>

#include "storage/sqlite/open.hpp"
#include "tests/sim/sim_world.hpp"

namespace lockhub::sim {
namespace {

void law(bool kept, std::string_view what) {
    if (!kept) {
        throw std::runtime_error("law broken: " + std::string(what));
    }
}

// A plain connection of the test's own: the laws are read from the rows, not from what the hub says of them.
class rows {
  public:
    explicit rows(const std::filesystem::path& file) {
        if (sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
            throw std::runtime_error("cannot open " + file.string());
        }
    }
    ~rows() { sqlite3_close(db_); }
    rows(const rows&) = delete;
    rows& operator=(const rows&) = delete;

    std::int64_t count(std::string_view sql, std::string_view text = {}) const {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(db_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(db_));
        }
        if (!text.empty()) {
            sqlite3_bind_text(statement, 1, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
        }
        sqlite3_step(statement);
        const auto value = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        return value;
    }

  private:
    sqlite3* db_ = nullptr;
};

}  // namespace

void sim_world::check_laws(bool settled) {
    const rows database(database_);
    law(database.count("SELECT (SELECT value FROM ledger WHERE name = 'accepted') - (SELECT COUNT(*) FROM outbox) "
                       "- (SELECT value FROM ledger WHERE name = 'expunged')") == 0,
        "accepted = delivered + held + pending + dead + discarded + expunged");
    law(database.count("SELECT COUNT(*) FROM (SELECT lane FROM outbox WHERE state IN ('ready', 'leased') "
                       "GROUP BY lane HAVING COUNT(*) > 1)") == 0,
        "one delivery of a lane at a time");
    law(pms_.rates().most_in_a_second() <= 29, "at most 29 callbacks to one PMS in a second");
    law(pms_.rates().most_identical_in_30s() <= 4, "at most 4 identical callbacks in 30 seconds");
    law(pms_.bad_hmacs() == 0, "every callback is signed");
    for (const auto& action : promised_) {
        law(database.count("SELECT COUNT(*) FROM actions WHERE action_id = ?1", action) == 1,
            fmt::format("answered action {} is stored", action));
        law(cloud_.times_sent(action) <= 1, fmt::format("action {} put one PIN on the lock at most", action));
        const auto codes = pms_.codes_told(action);
        law(codes.size() <= 1, fmt::format("action {} has one final code at most", action));
        law(!settled || codes.size() == 1, fmt::format("action {} has its final code", action));
    }
    for (const auto& body : network_.acknowledged()) {
        law(database.count("SELECT COUNT(*) FROM inbox WHERE sealed = 1 OR body = ?1", body) >= 1,
            "an acknowledged push is stored: " + body);
    }
    if (settled) {
        law(database.count("SELECT COUNT(*) FROM outbox WHERE state IN ('ready', 'queued', 'leased')") == 0,
            "nothing waits for ever in the outbox");
        law(database.count("SELECT COUNT(*) FROM commands WHERE finished_at_ms IS NULL AND state <> 'unverifiable'") ==
                0,
            "no command stays open");
    }
}

}  // namespace lockhub::sim
