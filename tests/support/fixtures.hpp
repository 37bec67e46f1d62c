#pragma once
// The cases of tests/fixtures/*.json.
#include <string>
#include <string_view>
#include <vector>

#include "schemas/wire/json_value.hpp"

namespace lockhub::test {

struct fixture_case {
    std::string name;
    wire::json_value request;   // {} where the case has none
    wire::json_value expected;  // {} where the case has none
    wire::json_value all;       // the whole case
};

std::string read_text_file(const std::string& path);  // throws std::runtime_error where it cannot be read

// Every case of tests/fixtures/<file>. Throws std::runtime_error where the file is no list of cases, or an empty one.
std::vector<fixture_case> load_fixtures(std::string_view file);

}  // namespace lockhub::test
