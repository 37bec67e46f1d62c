#include "storage/sqlite/audit_table.hpp"

namespace lockhub::storage::sqlite {

audit_table::audit_table(database& db)
    : db_(db),
      add_(db, "INSERT INTO audit (at_ms, actor, verb, subject, reason, changed) VALUES (?, ?, ?, ?, ?, ?)"),
      set_changed_(db, "UPDATE audit SET changed = ? WHERE audit_id = ?"),
      expunge_(db, R"(
DELETE FROM audit WHERE audit_id IN (
    SELECT audit_id FROM (SELECT audit_id, at_ms FROM audit ORDER BY audit_id LIMIT ?2) WHERE at_ms < ?1))") {}

std::int64_t audit_table::add(time_point at, std::string_view actor, std::string_view verb, std::string_view subject,
                              std::string_view reason, std::uint64_t changed) {
    add_.run(at, actor, verb, subject, reason, changed);
    return db_.last_insert_rowid();
}

void audit_table::set_changed(std::int64_t audit_id, std::uint64_t changed) {
    set_changed_.run(changed, audit_id);
}

std::int64_t audit_table::expunge(time_point before, std::size_t limit) {
    return expunge_.run(before, limit);
}

}  // namespace lockhub::storage::sqlite
