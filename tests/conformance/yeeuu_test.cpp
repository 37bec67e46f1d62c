// The cases of tests/fixtures/yeeuu.json: what is sent, byte for byte, and how the answer reads. The rows of its sister
// product (/v1/locks), which is no part of document 004, only count for their answers.
#include <boost/test/unit_test.hpp>

#include <functional>
#include <map>

#include "schemas/wire/json_writer.hpp"
#include "schemas/yeeuu/cloud.hpp"
#include "schemas/yeeuu/openings.hpp"
#include "schemas/yeeuu/reply.hpp"
#include "schemas/yeeuu/requests.hpp"
#include "tests/support/fixtures.hpp"

using namespace lockhub;
using namespace lockhub::yeeuu;
using lockhub::test::fixture_case;
using lockhub::wire::json_value;

namespace {

account_settings settings() {
    return {.account = account_id("yy-main"),
            .base_url = "https://alms.example.com",
            .partner_id = "000000000000000000000001",
            .key = secret("madeUp8x"),
            .guest_mobile = "13000000000",
            .manage_mobile = "13000000001",
            .operator_mobile = "13000000000"};
}

time_point seconds(const json_value& fields, std::string_view name) {
    return from_unix_ms(fields.integer_of(name).value() * 1000);
}

place place_of(const json_value& fields) {
    return {fields.text_of("buildingId"), {fields.text_of("code"), fields.text_of("door")}};
}

grant grant_of(const json_value& fields) {
    return {.from = seconds(fields, "startTime"),
            .until = seconds(fields, "endTime"),
            .author = fields.text_of("author"),
            .holder_name = fields.text_of("authoredName"),
            .holder_mobile = fields.text_of("authoredMobile")};
}

page_of_log page_of(const json_value& fields) {
    return {static_cast<std::size_t>(fields.integer_of("page").value()),
            static_cast<std::size_t>(fields.integer_of("pageSize").value())};
}

std::vector<apartment> apartments_of(const json_value& fields) {
    std::vector<apartment> out;
    const auto list = json_value::parse(fields.text_of("apartmentList"));
    for (const auto& one : list.value().items()) {
        out.push_back({.building_id = one.text_of("buildingId"),
                       .building_name = one.text_of("buildingName"),
                       .building_no = one.text_of("buildingNo"),
                       .city_id = one.text_of("cityId"),
                       .district_id = one.text_of("disId"),
                       .province_id = one.text_of("provinceId"),
                       .code = one.text_of("code"),
                       .door = one.text_of("door"),
                       .type = one.text_of("doorType") == "2" ? door_type::inner : door_type::entrance,
                       .name = one.text_of("name"),
                       .unit = one.text_of("unit")});
    }
    return out;
}

using encoder = std::function<wire::http_request(const signing&, const json_value&)>;

const std::map<std::string, encoder>& methods() {
    static const auto account = settings();
    static const std::map<std::string, encoder> all{
        {"synchronize_apartments",
         [](auto& how, auto& in) { return synchronize_apartments(account, how, apartments_of(in)); }},
        {"auth", [](auto& how, auto& in) { return auth(account, how, place_of(in), grant_of(in)); }},
        {"delete_auth",
         [](auto& how, auto& in) { return delete_auth(account, how, place_of(in), in.text_of("authoredMobile")); }},
        {"remote_action",
         [](auto& how, auto& in) { return remote_action(account, how, place_of(in), in.text_of("operator")); }},
        {"generate_password",
         [](auto& how, auto& in) {
             return generate_password(account, how, place_of(in), grant_of(in), secret(in.text_of("password")));
         }},
        {"remove_password",
         [](auto& how, auto& in) { return remove_password(account, how, place_of(in), in.text_of("authoredMobile")); }},
        {"get_device_logs",
         [](auto& how, auto& in) { return get_device_logs(account, how, place_of(in).door, page_of(in)); }},
        {"get_device_logs_page_count",
         [](auto& how, auto& in) { return get_device_logs_page_count(account, how, place_of(in).door, page_of(in)); }},
    };
    return all;
}

std::string method_of(const fixture_case& call) {
    const auto path = call.request.text_of("path");
    const auto end = std::min(path.find('?'), path.size());
    const auto begin = path.rfind('/', end) + 1;
    return path.substr(begin, end - begin);
}

void write_json(wire::json_writer& out, const json_value& value) {
    using kind = json_value::kind;
    if (value.is_object()) {
        out.begin_object();
        for (const auto& [name, member] : value.members()) {
            out.key(name);
            write_json(out, member);
        }
        out.end_object();
    } else if (value.is_array()) {
        out.begin_array();
        for (const auto& item : value.items()) write_json(out, item);
        out.end_array();
    } else if (value.type() == kind::string) {
        out.value(value.text());
    } else {
        out.raw(value.type() == kind::null ? "null" : value.text());
    }
}

wire::http_response answer_of(const fixture_case& call) {
    if (const auto status = call.request.integer_of("http_status")) {
        return {.status = static_cast<int>(*status), .headers = {}, .body = call.request.text_of("raw_answer")};
    }
    wire::json_writer body;
    write_json(body, *call.expected.find("response"));
    return {.status = 200, .headers = {}, .body = body.take()};
}

void check_request(const fixture_case& call) {
    const auto& fields = *call.request.find("params");
    const auto timestamp = fields.text_of("timestamp"), nonce = fields.text_of("nonstr");
    BOOST_CHECK_EQUAL(call.expected.text_of("sign_string"), timestamp + call.request.text_of("secret") + nonce);
    BOOST_CHECK_EQUAL(make_token(timestamp, settings().key, nonce), call.expected.text_of("token"));
    const auto request = methods().at(method_of(call))({seconds(fields, "timestamp"), nonce}, fields);
    BOOST_CHECK_EQUAL(request.method, call.request.text_of("method"));
    BOOST_CHECK_EQUAL(request.url, "https://alms.example.com" + call.request.text_of("path"));
    BOOST_CHECK_EQUAL(wire::find_header(request.headers, "content-type"), call.request.text_of("content_type"));
    BOOST_CHECK_EQUAL(request.body, call.request.text_of("raw"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yeeuu_test)

BOOST_AUTO_TEST_CASE(every_method_of_the_document_is_sent_as_the_fixtures_have_it) {
    std::map<std::string, int> rows;
    for (const auto& call : lockhub::test::load_fixtures("yeeuu.json")) {
        if (!call.request.find("params")) continue;
        BOOST_TEST_CONTEXT(call.name) {
            check_request(call);
        }
        ++rows[method_of(call)];
    }
    BOOST_CHECK_EQUAL(rows.size(), 8U);
}

BOOST_AUTO_TEST_CASE(every_answer_of_the_fixtures_reads_as_it_says) {
    int read = 0;
    for (const auto& call : lockhub::test::load_fixtures("yeeuu.json")) {
        const auto* response = call.expected.find("response");
        if (response && !response->is_object()) continue;  // "shape not shown publicly"
        BOOST_TEST_CONTEXT(call.name) {
            const auto reply = read_reply(answer_of(call), {});
            const bool success = response && response->text_of("success") == "true";
            BOOST_CHECK((reply.kind == api_reply::outcome::done) == success);
            if (response && success) BOOST_CHECK_EQUAL(reply.message, response->text_of("desc"));
            BOOST_CHECK((reply.kind == api_reply::outcome::token_refused) == (call.name == "bad token"));
        }
        ++read;
    }
    BOOST_CHECK_EQUAL(read, 16);
}

BOOST_AUTO_TEST_CASE(the_log_and_its_page_count_carry_what_the_fixtures_show) {
    for (const auto& call : lockhub::test::load_fixtures("yeeuu.json")) {
        if (method_of(call) == "get_device_logs_page_count") {
            BOOST_CHECK(read_page_count(read_reply(answer_of(call), {}).body) == 2);
        }
        if (method_of(call) != "get_device_logs") continue;
        const auto openings = read_openings(read_reply(answer_of(call), {}).body);
        BOOST_REQUIRE_EQUAL(openings.size(), 1U);
        BOOST_CHECK_EQUAL(format_china_time(openings[0].occurred_at), "2026-11-21 17:01:24");
        BOOST_CHECK_EQUAL(openings[0].source, 2);
        BOOST_CHECK_EQUAL(openings[0].source_id, "13000000000");
    }
}

BOOST_AUTO_TEST_CASE(the_lock_cloud_sends_what_the_fixtures_have) {
    const auto cloud = make_cloud(settings());
    const std::map<std::string, command_verb> verbs{{"remove_password", command_verb::remove_pin},
                                                    {"get_device_logs", command_verb::read_log},
                                                    {"delete_auth", command_verb::revoke_access},
                                                    {"remote_action", command_verb::open_door}};
    int sent = 0;
    for (const auto& call : lockhub::test::load_fixtures("yeeuu.json")) {
        const auto verb = verbs.find(method_of(call));
        if (verb == verbs.end() || !call.request.find("params")) continue;
        const auto& fields = *call.request.find("params");
        vendor_command command;
        command.verb = verb->second;
        command.lock_uuid = fields.text_of("code") + "/" + fields.text_of("door");
        command.cloud_home_id = fields.text_of("buildingId");
        command.credential_ref = command.holder = fields.text_of("authoredMobile");
        command.page.count = 10;
        const auto request = cloud->encode(command, {}, seconds(fields, "timestamp"), fields.text_of("nonstr"));
        BOOST_REQUIRE(request);
        BOOST_CHECK_EQUAL(request->url, "https://alms.example.com" + call.request.text_of("path"));
        BOOST_CHECK_EQUAL(request->body, call.request.text_of("raw"));
        ++sent;
    }
    BOOST_CHECK_EQUAL(sent, 4);
}

BOOST_AUTO_TEST_SUITE_END()
