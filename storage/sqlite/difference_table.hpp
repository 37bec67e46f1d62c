#pragma once
// differences: what a lock has and what the hub wants on it, where the two differ. One row for each lock, kind and
// subject that is not settled.
#include <optional>
#include <string>
#include <vector>

#include "storage/reconciliation.hpp"
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

struct difference_record {
    std::int64_t id = 0;
    drift_state state = drift_state::open;
    drift_kind kind = drift_kind::pin_missing;
    std::string account;
    std::int64_t lock_row = 0;
    std::string subject;
    std::optional<std::int64_t> room_row;
    bool manage = false;
    std::string credential_ref;
    std::string action;  // under which the PIN was made
    bool wanted = true;  // unverifiable: false when it was taken back meanwhile
    std::optional<time_point> wanted_until;
    std::optional<time_point> found_until;
    bool found_frozen = false;
    std::uint32_t tries = 0;
    time_point tries_from{};
};

struct difference_seen {
    drift_kind kind = drift_kind::pin_missing;
    std::string_view account;
    std::int64_t lock_row = 0;
    std::string subject;
    std::optional<std::int64_t> room_row;
    bool manage = false;
    std::string credential_ref;
    std::string action;
    std::string name;  // what the cloud calls it
    std::optional<time_point> wanted_until;
    std::optional<time_point> found_until;
    bool found_frozen = false;
};

class difference_table {
  public:
    explicit difference_table(database& db);

    std::int64_t see(const difference_seen& seen, time_point at);   // its id, new or as before
    std::vector<difference_record> on_lock(std::int64_t lock_row);  // those not settled
    std::optional<difference_record> find(std::int64_t id);
    std::optional<difference_record> find_doubt(std::int64_t lock_row, std::string_view action);

    void set_state(std::int64_t id, drift_state state, std::string_view reason);  // not settled
    void suspend(std::int64_t id, std::string_view why);  // what was known as its reason is kept
    void settle(std::int64_t id, std::string_view reason, time_point at);
    void set_tries(std::int64_t id, std::uint32_t tries);
    // Its tries count anew; a suspended one is open again.
    void restart(std::int64_t id, time_point at);
    void restart_of_lock(std::int64_t lock_row, time_point at);
    // What the PMS doubted is not wanted any more. How many there are.
    std::int64_t unwant_doubts(std::int64_t lock_row, std::int64_t room_row, bool manage);

    std::size_t repairing(std::string_view account);
    std::int64_t expunge(time_point settled_before, std::size_t limit);

  private:
    statement see_;
    statement on_lock_;
    statement find_;
    statement find_doubt_;
    statement set_state_;
    statement suspend_;
    statement settle_;
    statement set_tries_;
    statement restart_;
    statement restart_of_lock_;
    statement unwant_doubts_;
    statement repairing_;
    statement expunge_;
};

struct repair_record {
    std::string action;
    std::int64_t difference = 0;
    std::string credential_ref;  // the one it is about; "" where it makes a new one
};

// repairs: the actions the hub opened for differences.
class repair_table {
  public:
    explicit repair_table(database& db);

    void insert(const repair_record& row, time_point opened_at);
    std::optional<repair_record> find(std::string_view action);
    std::uint32_t opened_since(std::int64_t difference, time_point since);
    void erase(std::string_view action);
    // Those whose difference is gone.
    std::int64_t expunge(std::size_t limit);

  private:
    statement insert_;
    statement find_;
    statement opened_since_;
    statement erase_;
    statement expunge_;
};

}  // namespace lockhub::storage::sqlite
