#include "storage/sqlite/ledger_table.hpp"

namespace lockhub::storage::sqlite {

namespace {

constexpr std::array<std::string_view, 5> names{"accepted", "expunged", "pushes", "pushes_expunged", "late_results"};

}  // namespace

ledger_table::ledger_table(database& db) : add_(db, "UPDATE ledger SET value = value + ? WHERE name = ?") {}

void ledger_table::write() {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (pending_[i] != 0) add_.run(pending_[i], names[i]);
    forget();
}

}  // namespace lockhub::storage::sqlite
