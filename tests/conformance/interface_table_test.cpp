// The table "Every interface" of README.md against the method lists: nothing of the four documents is missing, nothing
// else stands there, and the test each row names is there and names the interface.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "schemas/quhuhu/request.hpp"
#include "tests/conformance/vendor_subjects.hpp"
#include "tests/support/fixtures.hpp"
#include "tests/support/markdown.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

struct interface_row {
    std::string section;  // the document: "000", "001", …
    std::string name;
    std::string served_by;
    std::string test_file, test_case;
};

std::vector<std::string> code_spans(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream parts(text);
    bool code = false;
    for (std::string part; std::getline(parts, part, '`'); code = !code)
        if (code) out.push_back(part);
    return out;
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream parts(line.substr(1));
    for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(cell);
    return cells;
}

std::vector<interface_row> interface_table() {
    const auto readme = read_text_file(LOCKHUB_SOURCE "/README.md");
    std::istringstream lines(markdown_section(readme, "## Every interface"));
    std::vector<interface_row> rows;
    std::string section;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("**")) section = line.substr(2, 3);
        if (!line.starts_with("| `")) continue;
        const auto cells = cells_of(line);
        BOOST_REQUIRE_MESSAGE(cells.size() == 3U, line);
        const auto test = code_spans(cells[2]);
        BOOST_REQUIRE_MESSAGE(test.size() == 2U, line);
        rows.push_back({section, code_spans(cells[0]).at(0), cells[1], test[0], test[1]});
    }
    return rows;
}

// The text of one case; "" where the file has no such case.
std::string body_of_case(const interface_row& row) {
    const auto file = std::filesystem::path(LOCKHUB_SOURCE) / "tests/e2e" / (row.test_file + ".cpp");
    if (!std::filesystem::exists(file)) return {};
    const auto text = read_text_file(file.string());
    const auto begin = text.find("BOOST_AUTO_TEST_CASE(" + row.test_case + ")");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find("BOOST_AUTO_TEST", begin + 1) - begin);
}

std::multiset<std::string> names_of(const std::string& section) {
    std::multiset<std::string> names;
    for (const auto& row : interface_table())
        if (row.section == section) names.insert(row.name);
    return names;
}

std::multiset<std::string> methods_of(std::string_view vendor) {
    const auto subjects = vendor_subjects();
    const auto found = std::ranges::find(subjects, vendor, &vendor_subject::vendor);
    return {found->method_names.begin(), found->method_names.end()};
}

void check_same(const std::multiset<std::string>& printed, const std::multiset<std::string>& wanted) {
    BOOST_CHECK_EQUAL_COLLECTIONS(printed.begin(), printed.end(), wanted.begin(), wanted.end());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(interface_table_test)

BOOST_AUTO_TEST_CASE(every_interface_of_the_four_documents_stands_in_the_readme_once) {
    std::multiset<std::string> lockapi{"queryHotels",    "queryRoomTypes",  "queryRooms",      "passwordResult",
                                       "makeCardResult", "queryCardResult", "returnCardResult"};
    for (std::size_t i = 0; i < quhuhu::documented_method_count; ++i)
        lockapi.emplace(quhuhu::wire_name(static_cast<quhuhu::method>(i)));
    check_same(names_of("000"), lockapi);
    auto dingding = methods_of("dingding");
    dingding.insert({"event_url", "result_url"});
    check_same(names_of("001"), dingding);
    check_same(names_of("002"), methods_of("gateway by form"));
    check_same(names_of("004"), methods_of("yeeuu"));
}

BOOST_AUTO_TEST_CASE(the_test_a_row_names_is_there_and_a_call_by_name_is_made_in_it) {
    for (const auto& row : interface_table()) {
        BOOST_TEST_CONTEXT(row.section << " " << row.name) {
            const auto body = body_of_case(row);
            BOOST_TEST(!body.empty(), row.test_file + " has no case " + row.test_case);
            if (row.test_file.ends_with("_methods_test"))
                BOOST_TEST(body.find('"' + row.name + '"') != std::string::npos);
            BOOST_TEST(row.served_by.find_first_not_of(' ') != std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_method_is_a_seed_of_the_fuzz_target) {
    std::map<std::string, std::multiset<std::string>> seeds;
    std::istringstream lines(read_text_file(LOCKHUB_SOURCE "/tests/fuzz/vendor_method_seeds.txt"));
    for (std::string vendor, method, fields; lines >> vendor >> method && std::getline(lines, fields);)
        seeds[vendor].insert(method);
    check_same(seeds["dingding"], methods_of("dingding"));
    check_same(seeds["gateway"], methods_of("gateway by form"));
    check_same(seeds["yeeuu"], methods_of("yeeuu"));
}

BOOST_AUTO_TEST_SUITE_END()
