// The calls of tests/fixtures/gateway19952.json: what is sent, byte for byte, and how the answer reads.
#include <boost/test/unit_test.hpp>

#include <map>

#include "schemas/gateway/cloud.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/json_writer.hpp"
#include "tests/support/fixtures.hpp"

using namespace lockhub;
using lockhub::test::fixture_case;
using lockhub::wire::json_value;

namespace {

constexpr std::string_view prefix = "/Api/";
const time_point now = from_unix_ms(1760000000000);

std::unique_ptr<lock_cloud> make(gateway::body_format body) {
    return gateway::make_cloud({.account = account_id("gw-1"),
                                .base_url = "http://127.0.0.1:19952",
                                .appid = "00000000000000000000000000000a01",
                                .appsecret = secret("00000000000000000000000000000b01"),
                                .body = body});
}

std::string call_of(const fixture_case& row) {
    return row.request.text_of("path").substr(prefix.size());
}

std::vector<fixture_case> all_rows() {
    return lockhub::test::load_fixtures("gateway19952.json");
}

const json_value& parameters_of(const fixture_case& row) {
    return *row.request.find("params");
}

vendor_command command_of(const fixture_case& row) {
    static const std::map<std::string, command_verb> verbs{{"GetRoomList", command_verb::list_devices},
                                                           {"MarkRoomCard", command_verb::make_card},
                                                           {"ClearRoomCard", command_verb::clear_card},
                                                           {"MakeOffline", command_verb::read_dynamic_pin},
                                                           {"GatewayStopOffline", command_verb::remove_pin},
                                                           {"GatewayStopOnline", command_verb::remove_pin},
                                                           {"GatewayOpen", command_verb::open_door},
                                                           {"GatewayUploadFace", command_verb::upload_face},
                                                           {"GatewayStopFace", command_verb::stop_face},
                                                           {"GatewayUploadFinger", command_verb::upload_fingerprint},
                                                           {"GatewayStopFinger", command_verb::stop_fingerprint}};
    const auto& in = parameters_of(row);
    vendor_command out;
    out.verb = verbs.at(call_of(row));
    out.offline_pin = call_of(row) == "GatewayStopOffline";
    out.lock_uuid = in.text_of("rm_id");
    out.credential_ref = in.text_of("m1");
    out.pin = secret(in.text_of("muid"));
    out.biometric = secret(in.text_of("base64") + in.text_of("hexs"));
    out.valid_from = parse_china_time(in.text_of("abkp"));
    out.valid_until = parse_china_time(in.text_of("unValid"));
    out.card.card_id = in.text_of("card_id");
    return out;
}

// As JSON, with a comma after the last thing of every object and list, as the document's samples have in places.
void append_with_commas(std::string& out, const json_value& value) {
    using kind = json_value::kind;
    switch (value.type()) {
        case kind::null:
            out += "null";
            break;
        case kind::string:
            wire::append_json_string(out, value.text());
            break;
        case kind::object:
            out += "{\n";
            for (const auto& [name, member] : value.members()) {
                wire::append_json_string(out, name);
                out += ": ";
                append_with_commas(out, member);
                out += ",\n  ";
            }
            out += "}";
            break;
        case kind::array:
            out += "[";
            for (const auto& item : value.items()) {
                append_with_commas(out, item);
                out += ",";
            }
            out += "]";
            break;
        default:
            out += value.text();
    }
}

command_facts read_answer(const fixture_case& row) {
    wire::http_response response{.status = 200, .headers = {}, .body = {}};
    append_with_commas(response.body, *row.expected.find("response"));
    const auto reply = make(gateway::body_format::form)->decode(command_of(row), response, now);
    BOOST_TEST_INFO(response.body);
    BOOST_REQUIRE(std::holds_alternative<reply::done>(reply));
    return std::get<reply::done>(reply).facts;
}

const fixture_case& find_row(const std::vector<fixture_case>& rows, std::string_view call) {
    for (const auto& row : rows) {
        if (call_of(row) == call) return row;
    }
    throw std::runtime_error("the fixtures have no row of that call");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gateway_test)

BOOST_AUTO_TEST_CASE(every_row_is_sent_as_written_there) {
    const auto rows = all_rows();
    BOOST_CHECK_EQUAL(rows.size(), 11U);
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.name) {
            const auto request = make(gateway::body_format::form)->encode(command_of(row), {}, now, "n");
            BOOST_REQUIRE(request);
            BOOST_CHECK_EQUAL(request->method, row.request.text_of("method"));
            BOOST_CHECK_EQUAL(request->url, "http://127.0.0.1:19952" + row.request.text_of("path"));
            BOOST_CHECK_EQUAL(wire::find_header(request->headers, "content-type"), row.request.text_of("content_type"));
            BOOST_CHECK_EQUAL(request->body, row.request.text_of("raw"));
        }
    }
}

BOOST_AUTO_TEST_CASE(every_row_is_the_same_parameters_as_json) {
    for (const auto& row : all_rows()) {
        BOOST_TEST_CONTEXT(row.name) {
            const auto request = make(gateway::body_format::json)->encode(command_of(row), {}, now, "n");
            BOOST_REQUIRE(request);
            BOOST_CHECK_EQUAL(wire::find_header(request->headers, "content-type"), "application/json");
            const auto sent = json_value::parse(request->body);
            BOOST_REQUIRE(sent);
            BOOST_REQUIRE_EQUAL(sent->members().size(), parameters_of(row).members().size());
            for (const auto& [name, value] : parameters_of(row).members()) {
                BOOST_CHECK_EQUAL(sent->text_of(name), value.text());
            }
        }
    }
}

// The form writer itself, base64's plus and slash included.
BOOST_AUTO_TEST_CASE(a_form_of_the_parameters_is_what_every_row_has_on_the_wire) {
    for (const auto& row : all_rows()) {
        BOOST_TEST_CONTEXT(row.name) {
            wire::form form;
            for (const auto& [name, value] : parameters_of(row).members()) form.add(name, value.text());
            BOOST_CHECK_EQUAL(form.encode(), row.request.text_of("raw"));
        }
    }
}

BOOST_AUTO_TEST_CASE(answers_read_as_the_rows_have_them_commas_before_brackets_and_all) {
    const auto rows = all_rows();
    const auto rooms = read_answer(find_row(rows, "GetRoomList")).devices;
    BOOST_REQUIRE_EQUAL(rooms.size(), 1U);
    BOOST_CHECK(rooms[0] == (reported_device{"775032240849921", "", "", "1-101"}));

    const auto made = read_answer(find_row(rows, "MarkRoomCard")).card;
    BOOST_REQUIRE(made);
    BOOST_CHECK(*made == (card_facts{"03F56241", "775032240849921", parse_china_time("2026-11-21 14:20:00"),
                                     parse_china_time("2026-11-22 12:00:00")}));
    BOOST_CHECK_EQUAL(read_answer(find_row(rows, "ClearRoomCard")).card->card_id, "03F56241");

    const auto computed = read_answer(find_row(rows, "MakeOffline"));
    BOOST_CHECK_EQUAL(computed.pin.reveal(), "0356242");
    BOOST_CHECK(computed.pin_valid_until == parse_china_time("2026-11-22 12:00:00"));
    BOOST_CHECK(!computed.online);

    const auto stopped = read_answer(find_row(rows, "GatewayStopOnline"));
    BOOST_CHECK(stopped.online == true);
    BOOST_CHECK(stopped.battery_percent == 89);
    BOOST_CHECK_EQUAL(stopped.credential_ref, "1");
    for (const auto* call :
         {"GatewayOpen", "GatewayUploadFace", "GatewayStopFace", "GatewayUploadFinger", "GatewayStopFinger"}) {
        BOOST_CHECK_MESSAGE(read_answer(find_row(rows, call)).battery_percent == 89, call);
        BOOST_CHECK_MESSAGE(read_answer(find_row(rows, call)).online == true, call);
    }
    const auto computed_stopped = read_answer(find_row(rows, "GatewayStopOffline"));
    BOOST_CHECK(computed_stopped.online == true);
    BOOST_CHECK(!computed_stopped.battery_percent);
}

BOOST_AUTO_TEST_SUITE_END()
