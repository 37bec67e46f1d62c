#pragma once
// Reads a database from outside, as an operator with sqlite3 would: a connection of its own for each question.
#include <filesystem>
#include <string>
#include <vector>

namespace lockhub::test {

using sql_row = std::vector<std::string>;  // values as text, NULL as "NULL"

// Throws std::runtime_error with SQLite's message.
std::vector<sql_row> sql(const std::filesystem::path& database, const std::string& statement);
// The one value of a statement that has one.
std::string sql_value(const std::filesystem::path& database, const std::string& statement);

}  // namespace lockhub::test
