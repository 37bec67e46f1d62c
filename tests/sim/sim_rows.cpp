#include "tests/sim/sim_rows.hpp"

#include <stdexcept>

namespace lockhub::sim {

void law(bool kept, std::string_view what) {
    if (!kept) throw std::runtime_error("law broken: " + std::string(what));
}

sim_rows::sim_rows(const std::filesystem::path& file) {
    if (sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
        throw std::runtime_error("cannot open " + file.string());
    }
}

sim_rows::~sim_rows() {
    sqlite3_close(db_);
}

sqlite3_stmt* sim_rows::prepare(std::string_view sql) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(db_));
    }
    return statement;
}

std::int64_t sim_rows::count(std::string_view sql, std::string_view text) const {
    sqlite3_stmt* statement = prepare(sql);
    if (!text.empty()) {
        sqlite3_bind_text(statement, 1, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }
    sqlite3_step(statement);
    const auto value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

std::vector<std::vector<std::string>> sim_rows::texts(std::string_view sql) const {
    sqlite3_stmt* statement = prepare(sql);
    std::vector<std::vector<std::string>> out;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        auto& row = out.emplace_back();
        for (int column = 0; column < sqlite3_column_count(statement); ++column) {
            const auto* value = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            row.emplace_back(value == nullptr ? "" : value);
        }
    }
    sqlite3_finalize(statement);
    return out;
}

}  // namespace lockhub::sim
