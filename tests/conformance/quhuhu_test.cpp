// Every case of fixtures/quhuhu.json, at the level of the codec.
#include <boost/test/unit_test.hpp>

#include "schemas/quhuhu/callback.hpp"
#include "schemas/quhuhu/hmac.hpp"
#include "schemas/quhuhu/pms_directory.hpp"
#include "schemas/quhuhu/reply.hpp"
#include "schemas/quhuhu/request.hpp"
#include "schemas/wire/json_writer.hpp"
#include "tests/support/fixtures.hpp"

using namespace lockhub;
using namespace lockhub::quhuhu;
using wire::json_value;

namespace {

// Equal values; members of an object in any order.
bool same_json(const json_value& a, const json_value& b) {
    if (a.type() != b.type() || a.text() != b.text()) return false;
    if (a.members().size() != b.members().size()) return false;
    for (const auto& [name, value] : a.members()) {
        const auto* other = b.find(name);
        if (other == nullptr || !same_json(value, *other)) return false;
    }
    return std::ranges::equal(a.items(), b.items(), same_json);
}

// A signed call, a call that is refused, a callback to the PMS, a query to the PMS, and the API of 2015.
enum class case_kind { call, refused_call, callback, query_to_pms, legacy_call };

struct lockapi_case : test::fixture_case {
    std::string path() const { return request.text_of("path"); }
    std::string raw() const { return request.text_of("raw"); }
    secret key() const { return secret(request.text_of("secret")); }

    wire::form params() const {
        wire::form fields;
        for (const auto& [field_name, value] : request.find("params")->members()) fields.add(field_name, value.text());
        return fields;
    }

    case_kind kind() const {
        if (path().starts_with("/api/lock/")) return case_kind::legacy_call;
        if (expected.find("answers") != nullptr) return case_kind::callback;
        if (request.find("direction") != nullptr) return case_kind::query_to_pms;
        return request.find("params") != nullptr ? case_kind::call : case_kind::refused_call;
    }

    method called() const {
        auto tail = path().substr(path().rfind('/') + 1);
        BOOST_REQUIRE(tail.ends_with(".do"));
        const auto found = method_from(tail.substr(0, tail.size() - 3));
        BOOST_REQUIRE(found.has_value());
        return *found;
    }
};

// Runs `check` for every case of the kind and says how many there were.
template <class Check>
std::size_t for_each_case(case_kind kind, Check check) {
    std::size_t count = 0;
    for (auto& item : test::load_fixtures("quhuhu.json")) {
        const lockapi_case current{std::move(item)};
        if (current.kind() != kind) continue;
        ++count;
        BOOST_TEST_CONTEXT("case: " << current.name) {
            check(current);
        }
    }
    return count;
}

std::string without_hmac(const wire::form& fields) {
    wire::form rest;
    for (const auto& [name, value] : fields.fields()) {
        if (name != "hmac") rest.add(name, value);
    }
    return rest.encode();
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(at), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

void write_json(const json_value& value, wire::json_writer& out) {
    switch (value.type()) {
        case json_value::kind::object:
            out.begin_object();
            for (const auto& [name, member] : value.members()) write_json(member, out.key(name));
            out.end_object();
            return;
        case json_value::kind::array:
            out.begin_array();
            for (const auto& item : value.items()) write_json(item, out);
            out.end_array();
            return;
        case json_value::kind::string:
            out.value(value.text());
            return;
        case json_value::kind::null:
            out.null();
            return;
        default:
            out.raw(value.text());
    }
}

std::string write_json(const json_value& value) {
    wire::json_writer out;
    write_json(value, out);
    return out.take();
}

// What the hub answers to a request that a PMS with this key sent: the codec's part of the route.
int code_of(const lockapi_case& current) {
    const auto fields = wire::form::parse(current.raw()).value();
    const auto outcome = parse_request(current.called(), "demopms", fields);
    if (const auto* no = std::get_if<refusal>(&outcome)) return static_cast<int>(no->code);
    return verify_hmac(fields, fields.find("hmac").value(), current.key()) ? 0 : static_cast<int>(status::bad_hmac);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(quhuhu_conformance)

BOOST_AUTO_TEST_CASE(every_case_of_the_fixture_belongs_to_one_of_the_kinds_below) {
    BOOST_TEST(test::load_fixtures("quhuhu.json").size() == 28U);
}

BOOST_AUTO_TEST_CASE(calls_are_signed_in_all_three_variants_as_printed) {
    const auto count = for_each_case(case_kind::call, [](const lockapi_case& current) {
        const auto fields = current.params();
        const auto& hmac = *current.expected.find("hmac");
        BOOST_TEST(sign_string(fields, current.key(), hmac_variant::demo) == current.expected.text_of("sign_string"));
        BOOST_TEST(make_hmac(fields, current.key(), hmac_variant::demo) == hmac.text_of("demo"));
        BOOST_TEST(make_hmac(fields, current.key(), hmac_variant::keep_empty_byte12) ==
                   hmac.text_of("keep_empty_byte12"));
        BOOST_TEST(make_hmac(fields, current.key(), hmac_variant::legacy_sorted_values) ==
                   hmac.text_of("legacy_sorted_values"));
    });
    BOOST_TEST(count == 11U);
}

BOOST_AUTO_TEST_CASE(raw_bodies_read_as_their_params_and_are_written_back_the_same) {
    for_each_case(case_kind::call, [](const lockapi_case& current) {
        const auto fields = wire::form::parse(current.raw()).value();
        BOOST_TEST(without_hmac(fields) == current.params().encode());
        BOOST_TEST(fields.encode() == current.raw());
    });
}

BOOST_AUTO_TEST_CASE(raw_bodies_are_accepted_under_each_variant_of_their_hmac) {
    for_each_case(case_kind::call, [](const lockapi_case& current) {
        const auto& hmac = *current.expected.find("hmac");
        BOOST_TEST(code_of(current) == 0);
        const auto accepts = [&](const std::string& given, bool allow_legacy) {
            return verify_hmac(wire::form::parse(current.raw()).value(), given, current.key(), allow_legacy);
        };
        BOOST_TEST(accepts(hmac.text_of("demo"), false));
        BOOST_TEST(accepts(hmac.text_of("keep_empty_byte12"), false));
        BOOST_TEST(accepts(hmac.text_of("legacy_sorted_values"), true));
        BOOST_TEST(!accepts(hmac.text_of("legacy_sorted_values"), false));
    });
}

// A public client posts the signed text itself, with blanks, colons and Chinese characters as they are.
BOOST_AUTO_TEST_CASE(bodies_that_nobody_encoded_read_the_same) {
    for_each_case(case_kind::call, [](const lockapi_case& current) {
        std::string body;
        for (const auto& [name, value] : current.params().fields()) body += name + "=" + value + "&";
        body += "hmac=" + current.expected.find("hmac")->text_of("demo");
        const auto fields = wire::form::parse(body).value();
        BOOST_TEST(fields.encode() == current.raw());
    });
}

BOOST_AUTO_TEST_CASE(calls_arrive_as_one_checked_value) {
    for_each_case(case_kind::call, [](const lockapi_case& current) {
        const auto fields = wire::form::parse(current.raw()).value();
        const auto outcome = parse_request(current.called(), "demopms", fields);
        BOOST_REQUIRE(std::holds_alternative<quhuhu::request>(outcome));
        const auto& got = std::get<quhuhu::request>(outcome);
        const auto wanted = [&](const char* name) { return std::string(fields.find(name).value_or("")); };

        BOOST_TEST(got.pms.value == "demopms");
        BOOST_TEST(got.version == "1.1.0");
        BOOST_TEST(got.hotel.value == wanted("hotelNo"));
        BOOST_TEST(got.operator_guid == wanted("operatorGuid"));
        BOOST_TEST(got.operator_name == wanted("operatorName"));
        BOOST_TEST(got.room.value == wanted("roomId"));
        BOOST_TEST(got.reader_id == wanted("readCardId"));
        BOOST_TEST((got.pwd == secret(wanted("pwd"))));
        BOOST_TEST((got.end_time ? format_china_time(*got.end_time) : "") == wanted("endTime"));
        std::string rooms;
        for (const auto& room : got.rooms) rooms += (rooms.empty() ? "" : ",") + room.value;
        BOOST_TEST(rooms == wanted("roomIds"));
        std::string types;
        for (const auto& type : got.room_type_codes) types += (types.empty() ? "" : ",") + type;
        BOOST_TEST(types == wanted("roomTypeCodes"));
    });
}

BOOST_AUTO_TEST_CASE(replies_with_a_password_an_action_id_or_nothing_are_written_as_printed) {
    std::size_t with_password = 0;
    std::size_t with_action_id = 0;
    std::size_t bare = 0;
    for_each_case(case_kind::call, [&](const lockapi_case& current) {
        const auto& response = *current.expected.find("response");
        const auto* data = response.find("data");
        std::string written;
        if (data == nullptr) {
            ++bare;
            written = reply_ok();
        } else if (data->type() == json_value::kind::string) {
            ++with_action_id;
            written = reply_data("\"" + data->text() + "\"");
        } else if (data->find("pwd") != nullptr) {
            ++with_password;
            written = reply_data(password_data(data->text_of("hotelNo"), data->text_of("roomId"), data->text_of("pwd"),
                                               data->text_of("actionId")));
        } else {
            return;
        }
        BOOST_TEST(same_json(json_value::parse(written).value(), response));
    });
    BOOST_TEST(with_password == 4U);
    BOOST_TEST(with_action_id == 2U);
    BOOST_TEST(bare == 3U);
}

BOOST_AUTO_TEST_CASE(faulty_calls_get_the_code_of_the_document) {
    const auto count = for_each_case(case_kind::refused_call, [](const lockapi_case& current) {
        const auto& response = *current.expected.find("response");
        const auto code = code_of(current);
        BOOST_TEST(code == response.integer_of("code").value());
        if (response.find("msg") != nullptr) {
            const auto written = json_value::parse(reply_error(static_cast<status>(code))).value();
            BOOST_TEST(written.text_of("msg") == response.text_of("msg"));
        }
    });
    BOOST_TEST(count == 9U);
}

BOOST_AUTO_TEST_CASE(callbacks_are_written_and_signed_as_printed) {
    const auto count = for_each_case(case_kind::callback, [](const lockapi_case& current) {
        const auto fields = current.params();
        const auto unsigned_raw = current.expected.text_of("unsigned_raw");
        if (fields.fields().size() == 2) {
            BOOST_TEST(result_payload(fields.find("actionId").value(), 0) == unsigned_raw);
        } else {
            BOOST_TEST(fields.encode() == unsigned_raw);
        }
        const auto raw = sign_payload(unsigned_raw, pms_id("demopms"), current.key());
        BOOST_TEST(raw == current.raw());

        const auto sent = wire::form::parse(raw).value();
        BOOST_TEST(sent.find("hmac").value() == current.expected.text_of("signed_hmac"));
        BOOST_TEST(sign_string(sent, current.key(), hmac_variant::demo) ==
                   current.expected.text_of("signed_sign_string"));
    });
    BOOST_TEST(count == 4U);
}

BOOST_AUTO_TEST_CASE(answers_of_a_pms_are_judged_by_status_and_code) {
    for_each_case(case_kind::callback, [](const lockapi_case& current) {
        for (const auto& answer : current.expected.find("answers")->items()) {
            const auto body = answer.text_of("body");
            BOOST_TEST_CONTEXT("answer: " << body) {
                const auto verdict = judge_answer(static_cast<int>(answer.integer_of("http_status").value()), body);
                BOOST_TEST(verdict.delivered == (answer.text_of("delivered") == "true"));
                BOOST_TEST(verdict.delivered == (verdict.why == error_class::none));
            }
        }
    });
}

BOOST_AUTO_TEST_CASE(queries_to_a_pms_are_encoded_as_printed) {
    const auto count = for_each_case(case_kind::query_to_pms, [](const lockapi_case& current) {
        const auto asked = wire::form::parse(current.raw()).value();
        directory_question question;
        for (const auto& hotel : split(asked.find("hotelNos").value_or(""), ',')) question.hotels.emplace_back(hotel);
        for (const auto& codes : split(asked.find("roomTypeCodes").value_or(""), ','))
            question.room_type_codes.push_back(split(codes, '|'));
        BOOST_TEST(directory_fields(question).encode() == current.raw());
        const secret key("made-up-sign-key");
        const auto sent = directory_form(question, pms_id("demopms"), key);
        BOOST_TEST(sent.starts_with(current.raw() + "&version=1.1.0&pmsId=demopms&hmac="));
        const auto fields = wire::form::parse(sent).value();
        BOOST_TEST(verify_hmac(fields, fields.find("hmac").value(), key));
    });
    BOOST_TEST(count == 3U);
}

BOOST_AUTO_TEST_CASE(what_a_pms_says_of_its_hotels_room_types_and_rooms_is_read) {
    const auto count = for_each_case(case_kind::query_to_pms, [](const lockapi_case& current) {
        const auto body = write_json(*current.expected.find("response"));
        const wire::http_response response{.status = 200, .headers = {}, .body = body};
        if (current.path().contains("/hotel/")) {
            BOOST_TEST((read_hotels(response).value() == std::vector<pms_hotel>{{"H10086", "示例酒店"}}));
        } else if (current.path().contains("/roomType/")) {
            BOOST_TEST((read_room_types(response).value() == std::vector<pms_room_type>{{"H10086", "RT1", "大床"}}));
        } else {
            BOOST_TEST((read_rooms(response).value() == std::vector<pms_room>{{"H10086", "RT1", "rm301", "301", "3"}}));
        }
    });
    BOOST_TEST(count == 3U);
}

BOOST_AUTO_TEST_CASE(the_api_of_2015_is_verified_by_its_values_and_only_where_allowed) {
    const auto count = for_each_case(case_kind::legacy_call, [](const lockapi_case& current) {
        const auto fields = wire::form::parse(current.raw()).value();
        const auto hmac = fields.find("hmac").value();
        BOOST_TEST(sign_string(fields, current.key(), hmac_variant::legacy_sorted_values) ==
                   current.expected.text_of("sign_string"));
        BOOST_TEST(hmac == current.expected.find("hmac")->text_of("legacy_sorted_values"));
        BOOST_TEST(verify_hmac(fields, hmac, current.key(), true));
        BOOST_TEST(!verify_hmac(fields, hmac, current.key()));
    });
    BOOST_TEST(count == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
