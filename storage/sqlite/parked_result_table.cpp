#include "storage/sqlite/parked_result_table.hpp"

namespace lockhub::storage::sqlite {

parked_result_table::parked_result_table(database& db)
    : park_(db, R"(
INSERT INTO parked_results (state, account, ref, push_id, received_at_ms, service, ok, code, credential_ref)
VALUES ('parked', ?, ?, ?, ?, ?, ?, ?, ?))"),
      find_(db, R"(
SELECT parked_id, service, ok, code, credential_ref FROM parked_results
WHERE account = ? AND ref = ? AND state = 'parked' ORDER BY parked_id LIMIT 1)"),
      mark_matched_(db, "UPDATE parked_results SET state = 'matched' WHERE parked_id = ?"),
      mark_stale_(db, "UPDATE parked_results SET state = 'stale' WHERE state = 'parked' AND received_at_ms < ?"),
      expunge_(db, R"(
DELETE FROM parked_results WHERE parked_id IN (
    SELECT parked_id FROM parked_results WHERE received_at_ms < ? AND state IN ('matched', 'stale')
    ORDER BY parked_id LIMIT ?))") {}

void parked_result_table::park(std::string_view account, const command_result& content, std::int64_t push,
                               time_point received_at) {
    park_.run(account, content.ref, push, received_at, content.service, content.ok, content.code,
              content.credential_ref);
}

std::optional<parked_result> parked_result_table::claim(std::string_view account, std::string_view ref) {
    parked_result found;
    {
        auto row = find_.query(account, ref);
        if (!row.next()) return std::nullopt;
        found.parked_id = row.integer(0);
        found.content.service = row.string(1);
        found.content.ref = std::string(ref);
        found.content.ok = row.flag(2);
        found.content.code = row.integer(3);
        found.content.credential_ref = row.string(4);
    }
    mark_matched_.run(found.parked_id);
    return found;
}

void parked_result_table::mark_stale(time_point received_before) {
    mark_stale_.run(received_before);
}

std::int64_t parked_result_table::expunge(time_point received_before, std::size_t limit) {
    return expunge_.run(received_before, limit);
}

}  // namespace lockhub::storage::sqlite
