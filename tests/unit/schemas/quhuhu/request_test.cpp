#include "schemas/quhuhu/request.hpp"

#include <boost/test/unit_test.hpp>
#include <map>

#include "schemas/core/limits.hpp"

using namespace lockhub;
using namespace lockhub::quhuhu;

namespace {

using field_map = std::map<std::string, std::string>;

const field_map everything{{"hmac", "0123456789ABCDEF0123456789ABCDEF"},
                           {"version", "1.1.0"},
                           {"pmsId", "demopms"},
                           {"hotelNo", "H10086"},
                           {"roomId", "rm301"},
                           {"roomIds", "rm301,rm302"},
                           {"readCardId", "d0000001"},
                           {"startTime", "2026-11-21 15:00:00"},
                           {"endTime", "2026-11-22 12:00:00"},
                           {"pageNum", "1"},
                           {"pageSize", "20"},
                           {"operatorGuid", "op-77"},
                           {"operatorName", "前台甲"}};

std::variant<request, refusal> parse(method what, const field_map& values) {
    wire::form fields;
    for (const auto& [name, value] : values) fields.add(name, value);
    return parse_request(what, "demopms", fields);
}

field_map with(const std::string& name, const std::string& value) {
    auto values = everything;
    values[name] = value;
    return values;
}

status code_of(const std::variant<request, refusal>& outcome) {
    const auto* no = std::get_if<refusal>(&outcome);
    return no == nullptr ? status::ok : no->code;
}

request accepted(method what, const field_map& values) {
    const auto outcome = parse(what, values);
    BOOST_REQUIRE(std::holds_alternative<request>(outcome));
    return std::get<request>(outcome);
}

refusal refused(method what, const field_map& values) {
    const auto outcome = parse(what, values);
    BOOST_REQUIRE(std::holds_alternative<refusal>(outcome));
    return std::get<refusal>(outcome);
}

// Section 五 of the document: what each method requires, beyond hmac, version and pmsId.
struct required_fields {
    const char* method;
    std::vector<const char*> fields;
};
const std::vector<required_fields> document{
    {"queryRoomLockInfo", {"hotelNo", "operatorGuid", "operatorName"}},
    {"queryStateBatch", {"hotelNo", "roomIds", "operatorGuid", "operatorName"}},
    {"queryLockLog",
     {"hotelNo", "roomIds", "startTime", "endTime", "pageNum", "pageSize", "operatorGuid", "operatorName"}},
    {"enableGuestPwd", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
    {"queryGuestPwd", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
    {"disableGuestPwd", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
    {"enableManagePwd", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
    {"queryManagePwd", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
    {"disableManagePwd", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
    {"queryReadCard", {"hotelNo", "operatorGuid", "operatorName"}},
    {"addRoomCard", {"hotelNo", "roomId", "readCardId", "operatorGuid", "operatorName"}},
    {"queryRoomCard", {"hotelNo", "readCardId", "operatorGuid", "operatorName"}},
    {"returnRoomCard", {"hotelNo", "readCardId", "operatorGuid", "operatorName"}},
    {"disableRoomCard", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
};

const std::map<std::string, int> code_when_missing{
    {"hmac", -5000},     {"version", -1022},      {"pmsId", -1000},       {"hotelNo", -1002}, {"roomId", -8001},
    {"roomIds", -8001},  {"readCardId", -8004},   {"startTime", -1009},   {"endTime", -1010}, {"pageNum", -8010},
    {"pageSize", -8011}, {"operatorGuid", -1016}, {"operatorName", -1017}};

}  // namespace

BOOST_AUTO_TEST_SUITE(quhuhu_request)

BOOST_AUTO_TEST_CASE(each_of_the_14_methods_is_known_by_its_wire_name) {
    BOOST_TEST(document.size() == documented_method_count);
    for (const auto& entry : document) {
        const auto found = method_from(entry.method);
        BOOST_REQUIRE(found.has_value());
        BOOST_TEST(wire_name(*found) == entry.method);
    }
    BOOST_TEST(!method_from("enableguestpwd").has_value());
    BOOST_TEST(!method_from("").has_value());
}

BOOST_AUTO_TEST_CASE(a_method_with_exactly_its_required_fields_is_accepted) {
    for (const auto& entry : document) {
        field_map values;
        for (const auto* name : {"hmac", "version", "pmsId"}) values[name] = everything.at(name);
        for (const auto* name : entry.fields) values[name] = everything.at(name);
        BOOST_TEST_CONTEXT(entry.method) {
            BOOST_TEST((code_of(parse(method_from(entry.method).value(), values)) == status::ok));
        }
    }
}

BOOST_AUTO_TEST_CASE(each_missing_or_empty_required_field_has_its_code) {
    for (const auto& entry : document) {
        auto required = entry.fields;
        required.insert(required.end(), {"hmac", "version", "pmsId"});
        for (const auto* name : required) {
            BOOST_TEST_CONTEXT(entry.method << " without " << name) {
                auto absent = everything;
                absent.erase(name);
                const auto method = method_from(entry.method).value();
                BOOST_TEST(static_cast<int>(code_of(parse(method, absent))) == code_when_missing.at(name));
                BOOST_TEST(static_cast<int>(code_of(parse(method, with(name, "")))) == code_when_missing.at(name));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(of_several_missing_fields_the_first_of_the_documents_table_is_named) {
    field_map values;
    const std::vector<std::pair<const char*, int>> order{
        {"pmsId", -1000},        {"version", -1022},      {"hotelNo", -1002}, {"roomIds", -8001},
        {"startTime", -1009},    {"endTime", -1010},      {"pageNum", -8010}, {"pageSize", -8011},
        {"operatorGuid", -1016}, {"operatorName", -1017}, {"hmac", -5000}};
    for (const auto& [name, code] : order) {
        BOOST_TEST(static_cast<int>(code_of(parse(method::query_lock_log, values))) == code);
        values[name] = everything.at(name);
    }
    BOOST_TEST((code_of(parse(method::query_lock_log, values)) == status::ok));
}

BOOST_AUTO_TEST_CASE(the_pms_of_the_form_must_be_that_of_the_path) {
    BOOST_TEST((code_of(parse(method::query_read_card, with("pmsId", "otherpms"))) == status::unknown_pms));
}

BOOST_AUTO_TEST_CASE(versions_1_0_and_1_1_0_are_served) {
    BOOST_TEST(accepted(method::query_read_card, with("version", "1.0")).version == "1.0");
    BOOST_TEST((code_of(parse(method::query_read_card, with("version", "2.0"))) == status::version_not_served));
}

BOOST_AUTO_TEST_CASE(dates_are_china_time_and_strict) {
    BOOST_TEST((accepted(method::enable_guest_pwd, everything).end_time == parse_china_time("2026-11-22 12:00:00")));
    for (const auto* text :
         {"2026/11/22", "2026-11-22", "2026-02-30 00:00:00", "2026-11-22 24:00:00", " 2026-11-22 12:00:00"}) {
        BOOST_TEST((code_of(parse(method::enable_guest_pwd, with("endTime", text))) == status::bad_date));
        BOOST_TEST((code_of(parse(method::query_lock_log, with("startTime", text))) == status::bad_date));
    }
}

BOOST_AUTO_TEST_CASE(a_log_cannot_end_before_it_starts) {
    BOOST_TEST(
        (code_of(parse(method::query_lock_log, with("startTime", "2026-11-22 12:00:01"))) == status::start_after_end));
    BOOST_TEST((code_of(parse(method::query_lock_log, with("startTime", "2026-11-22 12:00:00"))) == status::ok));
}

BOOST_AUTO_TEST_CASE(an_absent_end_means_for_ever) {
    auto values = everything;
    values.erase("endTime");
    BOOST_TEST(!accepted(method::enable_guest_pwd, values).end_time.has_value());
}

BOOST_AUTO_TEST_CASE(page_numbers_are_whole_positive_and_bounded) {
    const auto got = accepted(method::query_lock_log, with("pageNum", "12"));
    BOOST_TEST(got.page_number == 12);
    BOOST_TEST(got.page_size == 20);
    for (const auto* text : {"x", "0", "-1", "1.5", "1 ", "99999999999999999999"}) {
        BOOST_TEST((code_of(parse(method::query_lock_log, with("pageNum", text))) == status::bad_page_number));
        BOOST_TEST((code_of(parse(method::query_lock_log, with("pageSize", text))) == status::bad_page_size));
    }
    BOOST_TEST((code_of(parse(method::query_lock_log, with("pageSize", "1000"))) == status::ok));
    BOOST_TEST((code_of(parse(method::query_lock_log, with("pageSize", "1001"))) == status::bad_page_size));
}

BOOST_AUTO_TEST_CASE(a_password_is_six_digits_and_an_empty_one_is_none) {
    BOOST_TEST((accepted(method::enable_guest_pwd, with("pwd", "482913")).pwd == secret("482913")));
    BOOST_TEST(accepted(method::enable_manage_pwd, with("pwd", "")).pwd.empty());
    for (const auto* text : {"48291", "4829133", "48291a", "４８２９１３", " 48291"}) {
        const auto no = refused(method::enable_guest_pwd, with("pwd", text));
        BOOST_TEST((no.code == status::lock_error));
        BOOST_TEST(no.message == "pwd 必须为 6 位数字");
    }
}

BOOST_AUTO_TEST_CASE(lists_skip_empty_items_and_blanks_around_commas) {
    const auto got = accepted(method::query_room_lock_info, with("roomIds", ",rm301, rm302 ,,rm303,"));
    BOOST_REQUIRE(got.rooms.size() == 3U);
    BOOST_TEST(got.rooms[0].value == "rm301");
    BOOST_TEST(got.rooms[1].value == "rm302");
    BOOST_TEST(got.rooms[2].value == "rm303");
    BOOST_TEST(accepted(method::query_room_lock_info, with("roomIds", " , ")).rooms.empty());
    BOOST_TEST((code_of(parse(method::query_state_batch, with("roomIds", " , "))) == status::missing_room_id));
}

BOOST_AUTO_TEST_CASE(lists_are_bounded) {
    std::string list = "rm0";
    for (std::size_t i = 1; i < limits::lockapi_list_items; ++i) list += ",rm" + std::to_string(i);
    BOOST_TEST(accepted(method::query_state_batch, with("roomIds", list)).rooms.size() == limits::lockapi_list_items);
    const auto no = refused(method::query_state_batch, with("roomIds", list + ",one-more"));
    BOOST_TEST((no.code == status::lock_error));
    BOOST_TEST(no.message == "roomIds 不能超过 1000 个");
}

BOOST_AUTO_TEST_CASE(ids_are_bounded_and_without_control_characters) {
    const std::string longest(limits::id_bytes, 'x');
    for (const auto* name : {"hotelNo", "roomId", "readCardId", "operatorGuid", "operatorName"}) {
        BOOST_TEST_CONTEXT(name) {
            BOOST_TEST((code_of(parse(method::add_room_card, with(name, longest))) == status::ok));
            BOOST_TEST(refused(method::add_room_card, with(name, longest + "x")).message ==
                       std::string(name) + " 长度不能超过 128 字节");
            BOOST_TEST(refused(method::add_room_card, with(name, "a\nb")).message ==
                       std::string(name) + " 不能包含控制字符");
        }
    }
    BOOST_TEST((code_of(parse(method::query_state_batch, with("roomIds", longest + "x"))) == status::lock_error));
}

BOOST_AUTO_TEST_CASE(a_refusal_carries_the_documents_text) {
    auto values = everything;
    values.erase("operatorName");
    BOOST_TEST(refused(method::query_read_card, values).message == "缺少操作人姓名");
}

BOOST_AUTO_TEST_SUITE_END()
