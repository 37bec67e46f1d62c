#include "tests/support/sql_reader.hpp"

#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace lockhub::test {

std::vector<sql_row> sql(const std::filesystem::path& database, const std::string& statement) {
    sqlite3* opened = nullptr;
    const int open_code = sqlite3_open_v2(database.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> connection(opened, &sqlite3_close);
    if (open_code != SQLITE_OK) throw std::runtime_error("cannot open " + database.string());
    sqlite3_busy_timeout(opened, 10'000);
    sqlite3_exec(opened, "PRAGMA query_only = ON", nullptr, nullptr, nullptr);

    sqlite3_stmt* raw = nullptr;
    const int prepare_code = sqlite3_prepare_v2(opened, statement.c_str(), -1, &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> prepared(raw, &sqlite3_finalize);
    if (prepare_code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(opened));
    std::vector<sql_row> rows;
    int step = SQLITE_DONE;
    while ((step = sqlite3_step(raw)) == SQLITE_ROW) {
        sql_row row;
        for (int i = 0; i < sqlite3_column_count(raw); ++i) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw, i));
            row.emplace_back(text ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(raw, i))) : "NULL");
        }
        rows.push_back(std::move(row));
    }
    if (step != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(opened));
    return rows;
}

std::string sql_value(const std::filesystem::path& database, const std::string& statement) {
    const auto rows = sql(database, statement);
    if (rows.size() != 1 || rows[0].size() != 1) throw std::runtime_error("not one value: " + statement);
    return rows[0][0];
}

}  // namespace lockhub::test
