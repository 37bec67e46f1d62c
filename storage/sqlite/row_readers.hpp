#pragma once
// Rows of the reader's listings: their columns, and values made of them.
#include <optional>
#include <string_view>
#include <vector>

#include "storage/reader.hpp"
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

extern const std::string_view delivery_columns;
extern const std::string_view delivery_tables;
inline constexpr int delivery_column_count = 18;
delivery_row read_delivery(const rows& row);

std::optional<action_row> load_action(database& db, std::string_view action);
// Newest first; every state when `state` is empty.
std::vector<action_row> load_actions(database& db, std::string_view state, std::size_t limit);

extern const std::string_view directory_columns_and_tables;
directory_listing_row read_directory(const rows& row);

}  // namespace lockhub::storage::sqlite
