#pragma once
// What the database of a simulated hub says, over a connection of the test's own: the laws are read from the rows, not
// from what the hub says of them.
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lockhub::sim {

class sim_rows {
  public:
    explicit sim_rows(const std::filesystem::path& file);  // throws std::runtime_error
    ~sim_rows();
    sim_rows(const sim_rows&) = delete;
    sim_rows& operator=(const sim_rows&) = delete;

    // `text`, where one is given, is the statement's first parameter.
    std::int64_t count(std::string_view sql, std::string_view text = {}) const;
    std::vector<std::vector<std::string>> texts(std::string_view sql) const;

  private:
    sqlite3_stmt* prepare(std::string_view sql) const;

    sqlite3* db_ = nullptr;
};

// Throws std::runtime_error naming the law, unless it is kept.
void law(bool kept, std::string_view what);

}  // namespace lockhub::sim
