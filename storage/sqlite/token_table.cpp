#include "storage/sqlite/token_table.hpp"

namespace lockhub::storage::sqlite {

token_table::token_table(database& db)
    : save_(db, R"(
INSERT INTO tokens (account, sealed_token, expires_at_ms) VALUES (?, ?, ?)
ON CONFLICT (account) DO UPDATE SET sealed_token = excluded.sealed_token, expires_at_ms = excluded.expires_at_ms)"),
      load_(db, "SELECT account, sealed_token, expires_at_ms FROM tokens ORDER BY account") {}

void token_table::save(std::string_view account, std::string_view sealed_token, time_point expires_at) {
    save_.run(account, blob{sealed_token}, expires_at);
}

std::vector<token_row> token_table::load() {
    std::vector<token_row> out;
    auto row = load_.query();
    while (row.next()) out.push_back({row.string(0), row.string(1), row.time(2)});
    return out;
}

}  // namespace lockhub::storage::sqlite
