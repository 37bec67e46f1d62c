#include "storage/sqlite/statement.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <stdexcept>

namespace lockhub::storage::sqlite {

namespace {

[[noreturn]] void throw_error(sqlite3_stmt* failed, int code) {
    throw sqlite_error(code, sqlite3_errmsg(sqlite3_db_handle(failed)));
}

}  // namespace

rows::~rows() {
    sqlite3_reset(statement_);
}

bool rows::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw_error(statement_, code);
}

bool rows::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t rows::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string_view rows::text(int column) const {
    const auto* begin = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return begin ? std::string_view(begin, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                 : std::string_view();
}

std::optional<time_point> rows::optional_time(int column) const {
    if (is_null(column)) return std::nullopt;
    return time(column);
}

std::optional<std::int64_t> rows::optional_integer(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

statement::statement(database& db, std::string_view sql) {
    const int code = sqlite3_prepare_v3(db.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    if (code != SQLITE_OK) throw sqlite_error(code, fmt::format("{} in: {}", sqlite3_errmsg(db.handle()), sql));
    parameters_ = sqlite3_bind_parameter_count(statement_);
}

statement::~statement() {
    sqlite3_finalize(statement_);
}

rows statement::query_values(std::span<const bound_value> values) {
    require_count(static_cast<int>(values.size()));
    int index = 0;
    for (const auto& value : values) {
        ++index;
        std::visit([&](const auto& v) { bind(index, v); }, value);
    }
    return rows(statement_);
}

void statement::require_count(int given) const {
    if (given != parameters_)
        throw std::logic_error(
            fmt::format("{} values for {} parameters of: {}", given, parameters_, sqlite3_sql(statement_)));
}

void statement::bind_integer(int index, std::int64_t value) {
    if (const int code = sqlite3_bind_int64(statement_, index, value); code != SQLITE_OK) throw_error(statement_, code);
}

void statement::bind_text(int index, std::string_view value) {
    const char* begin = value.data() ? value.data() : "";
    const int code = sqlite3_bind_text64(statement_, index, begin, value.size(), SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK) throw_error(statement_, code);
}

void statement::bind_blob(int index, std::string_view value) {
    const char* begin = value.data() ? value.data() : "";
    const int code = sqlite3_bind_blob64(statement_, index, begin, value.size(), SQLITE_STATIC);
    if (code != SQLITE_OK) throw_error(statement_, code);
}

void statement::bind_null(int index) {
    if (const int code = sqlite3_bind_null(statement_, index); code != SQLITE_OK) throw_error(statement_, code);
}

std::int64_t statement::run_bound() {
    rows all(statement_);
    while (all.next()) {
    }
    return sqlite3_changes64(sqlite3_db_handle(statement_));
}

}  // namespace lockhub::storage::sqlite
