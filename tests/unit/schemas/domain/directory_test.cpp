#include "schemas/domain/directory.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"

using namespace lockhub;

namespace {

const std::string header = std::string(directory_csv_header) + "\n";
const std::string room_301 = "demopms,H10086,示例酒店,RT1,大床,rm301,301,3,dd-main,0a1b2c,home-1,room-1\n";
const std::string room_302 = "demopms,H10086,示例酒店,RT1,大床,rm302,302,3,dd-main,0a1b2d,home-1,room-2\n";

std::vector<directory_row> parsed(const std::string& text) {
    auto rows = parse_directory_csv(text);
    BOOST_REQUIRE_MESSAGE(rows.has_value(), (rows ? "" : rows.error().message));
    return *rows;
}

std::string problem_of(const std::string& text) {
    const auto rows = parse_directory_csv(text);
    BOOST_REQUIRE(!rows.has_value());
    return rows.error().message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(directory)

BOOST_AUTO_TEST_CASE(a_line_becomes_a_row) {
    const auto rows = parsed(header + room_301);
    BOOST_REQUIRE(rows.size() == 1U);
    BOOST_TEST((rows[0] == directory_row{"demopms", "H10086", "示例酒店", "RT1", "大床", "rm301", "301", "3", "dd-main",
                                         "0a1b2c", "home-1", "room-1"}));
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_windows_line_ends_empty_lines_and_a_missing_last_line_end_are_fine) {
    std::string text = "\xEF\xBB\xBF" + header + "\n" + room_301 + "\n\n" + room_302;
    text.pop_back();
    const auto plain = parsed(text);
    std::string windows;
    for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    BOOST_TEST(plain.size() == 2U);
    BOOST_TEST((parsed(windows) == plain));
}

BOOST_AUTO_TEST_CASE(columns_may_stand_in_any_order) {
    const auto rows = parsed(
        "room_id,pms_id,hotel_no,room_type_code,lock_uuid,cloud_account,hotel_name,room_type_name,room_no,floor_no,"
        "cloud_room_id,cloud_home_id\nrm301,demopms,H10086,RT1,0a1b2c,dd-main,,,301,3,room-1,home-1\n");
    BOOST_REQUIRE(rows.size() == 1U);
    BOOST_TEST(rows[0].room_id == "rm301");
    BOOST_TEST(rows[0].lock_uuid == "0a1b2c");
    BOOST_TEST(rows[0].cloud_home_id == "home-1");
    BOOST_TEST(rows[0].cloud_room_id == "room-1");
}

BOOST_AUTO_TEST_CASE(quoted_values_may_hold_commas_and_quotes) {
    const auto rows = parsed(header + "demopms,H1,\"The \"\"Old\"\" Inn, East\",RT1,,rm1,,,,,,\n");
    BOOST_REQUIRE(rows.size() == 1U);
    BOOST_TEST(rows[0].hotel_name == "The \"Old\" Inn, East");
}

BOOST_AUTO_TEST_CASE(a_room_may_have_no_lock) {
    const auto rows = parsed(header + "demopms,H1,,RT1,,rm1,,,,,,\ndemopms,H1,,RT1,,rm2,,,,,,\n");
    BOOST_TEST(rows.size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_is_written_reads_back_the_same) {
    auto rows = parsed(header + room_301 + room_302);
    rows[0].hotel_name = "a \"quoted\", divided name";
    rows[1].hotel_name = rows[0].hotel_name;
    rows[1].lock_uuid.clear();
    rows[1].cloud_account.clear();
    BOOST_TEST((parsed(write_directory_csv(rows)) == rows));
    BOOST_TEST(write_directory_csv({}) == header);
}

BOOST_AUTO_TEST_CASE(problems_name_line_and_column) {
    const std::string no_lock = ",,,,,,\n";
    struct row {
        std::string text;
        std::string problem;
    };
    const std::vector<row> rows{
        {"", "line 1: the file is empty; its header is " + std::string(directory_csv_header)},
        {"pms_id,hotelno\n", "line 1: unknown column 'hotelno'; the header is " + std::string(directory_csv_header)},
        {"pms_id,pms_id\n", "line 1, column pms_id: stands twice in the header"},
        {"pms_id,hotel_no\n", "line 1, column hotel_name: is missing from the header"},
        {header + room_301 + "demopms,H10086\n", "line 3: has 2 columns instead of 12"},
        {header + "demopms,H1,,RT1,,rm1,,,,,,,\n", "line 2: has 13 columns instead of 12"},
        {header + "\n\n,H1,,RT1,,rm1" + no_lock, "line 4, column pms_id: is empty"},
        {header + "demopms,,,RT1,,rm1" + no_lock, "line 2, column hotel_no: is empty"},
        {header + "demopms,H1,,,,rm1" + no_lock, "line 2, column room_type_code: is empty"},
        {header + "demopms,H1,,RT1,," + no_lock, "line 2, column room_id: is empty"},
        {header + "demopms,H1,,RT1,,rm1 " + no_lock, "line 2, column room_id: begins or ends with a blank"},
        {header + "demopms,H1,,RT1,,rm\t1" + no_lock, "line 2, column room_id: has a control character"},
        {header + "demopms,H1,\xB4\xF3,RT1,,rm1" + no_lock,
         "line 2, column hotel_name: is not UTF-8; save the file as UTF-8"},
        {header + "demopms,H1,,RT1,," + std::string(limits::id_bytes + 1, 'x') + no_lock,
         "line 2, column room_id: is longer than 128 bytes"},
        {header + "demopms,H1,,RT1,,rm1,,,,0a1b2c,,\n", "line 2, column cloud_account: is empty, but lock_uuid is not"},
        {header + room_301 + room_301, "line 3, column room_id: 'rm301' of hotel 'H10086' is in line 2 already"},
        {header + room_301 + "demopms,H1,,RT1,,rm9,,,dd-main,0a1b2c,,\n",
         "line 3, column lock_uuid: '0a1b2c' belongs to the room in line 2 already"},
        {header + "demopms,H1,\"open\n", "line 2, column 3: the quoted value does not end"},
        {header + "demopms,H1,\"a\"b,RT1\n", "line 2, column 3: text follows the closing quote"},
        {header + "demopms,H1,a\"b,RT1\n", "line 2, column 3: a quote stands inside an unquoted value"},
    };
    for (const auto& [text, problem] : rows) BOOST_TEST(problem_of(text) == problem);
}

BOOST_AUTO_TEST_CASE(lines_are_counted_across_quoted_line_ends) {
    BOOST_TEST(problem_of(header + "demopms,H1,\"a\nb\",RT1,,rm1,,,,,,\n") ==
               "line 2, column hotel_name: has a control character");
    BOOST_TEST(problem_of(header + room_301 + "demopms,H1,\"a\nb\"x\n") ==
               "line 4, column 3: text follows the closing quote");
}

BOOST_AUTO_TEST_CASE(the_same_room_number_in_another_hotel_is_another_room) {
    BOOST_TEST(parsed(header + "demopms,H1,,RT1,,rm1,,,,,,\ndemopms,H2,,RT1,,rm1,,,,,,\n").size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_file_has_a_bounded_number_of_rooms) {
    std::string text = header;
    for (std::size_t i = 0; i <= limits::directory_rows; ++i) text += "p,h,,t,,r" + std::to_string(i) + ",,,,,,\n";
    const auto rows = parse_directory_csv(text);
    BOOST_REQUIRE(!rows.has_value());
    BOOST_TEST((rows.error().code == errc::too_large));
    BOOST_TEST(rows.error().message == "line 200002: the file has more than 200000 rooms; split it");
}

BOOST_AUTO_TEST_SUITE_END()
