#pragma once
// Rows of the database as one line of JSON, or as a table for people.
#include <string>
#include <vector>

#include "hub/observe/explain.hpp"
#include "schemas/core/time.hpp"
#include "storage/reader.hpp"

namespace lockhub::hub {

std::string delivery_json(const storage::delivery_row& row);
std::string detail_json(const storage::delivery_detail& detail);
std::string delivery_table(const std::vector<storage::delivery_row>& rows, time_point now);

std::string action_json(const storage::action_row& row);
std::string action_table(const std::vector<storage::action_row>& rows, time_point now);

// Two lines, or none where nothing is known.
std::string refusal_lines(const refusal_words& words);

std::string directory_json(const storage::directory_listing_row& row);
std::string directory_table(const std::vector<storage::directory_listing_row>& rows, time_point now);

}  // namespace lockhub::hub
