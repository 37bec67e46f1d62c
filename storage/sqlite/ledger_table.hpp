#pragma once
// ledger: counters that outlive the rows they count. Added up in memory during a group and written once, before its
// commit.
#include <array>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

enum class ledger_entry : std::uint8_t { accepted, expunged, pushes, pushes_expunged, late_results };

class ledger_table {
  public:
    explicit ledger_table(database& db);

    void add(ledger_entry entry, std::int64_t count) { pending_[static_cast<std::size_t>(entry)] += count; }
    void write();
    void forget() { pending_.fill(0); }

  private:
    statement add_;
    std::array<std::int64_t, 5> pending_{};
};

}  // namespace lockhub::storage::sqlite
