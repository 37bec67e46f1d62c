// Every method of every lock cloud by its own name: what it carries, what it refuses, how its answers read.
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "schemas/domain/message_mask.hpp"
#include "schemas/domain/method_fields.hpp"
#include "tests/conformance/vendor_subjects.hpp"
#include "tests/support/fixtures.hpp"

using namespace lockhub;
using lockhub::test::vendor_subject;
using outcome = method_answer::outcome;
using type = vendor_parameter::type;

namespace {

template <class Check>
void for_each_method(Check check) {
    for (const auto& subject : lockhub::test::vendor_subjects()) {
        for (const auto& method : subject.cloud->methods()) {
            BOOST_TEST_CONTEXT(subject.vendor << ' ' << method.name) {
                check(subject, method);
            }
        }
    }
}

wire::form without(const wire::form& fields, std::string_view name) {
    wire::form out;
    for (const auto& [each, value] : fields.fields()) {
        if (each != name) out.add(each, value);
    }
    return out;
}

wire::form with(const wire::form& fields, std::string_view name, std::string value) {
    auto out = without(fields, name);
    out.add(std::string(name), std::move(value));
    return out;
}

// Texts that are not of the form; every one bears the mark by which a leak is found.
std::vector<std::string> wrong_values(const vendor_parameter& parameter) {
    switch (parameter.what) {
        case type::text:
            return {"leak\xff"};
        case type::digits:
            return {"leak", "12345 leak", "-1leak"};
        case type::json:
            return {"{leak", "[1,2,]leak", "leak"};
        case type::text_list:
            return {"[leak", "[{\"leak\":1}]", "leak,,leak", "[]leak"};
        case type::base64:
            return {"leak!", "lea=leak", "leak====", "leak\n"};
        default:
            return {"leak", "12leak", "2026-02-30 00:00:00leak", "1.5leak"};
    }
}

const vendor_method& method_called(const vendor_subject& subject, std::string_view name) {
    return **find_method(subject.cloud->methods(), name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vendor_methods_test)

BOOST_AUTO_TEST_CASE(every_method_of_the_documents_is_there_in_its_order) {
    for (const auto& subject : lockhub::test::vendor_subjects()) {
        std::vector<std::string> names;
        for (const auto& method : subject.cloud->methods()) names.emplace_back(method.name);
        BOOST_TEST(names == subject.method_names, subject.vendor);
    }
}

BOOST_AUTO_TEST_CASE(a_method_carries_every_parameter_it_is_given) {
    for_each_method([](const vendor_subject& subject, const vendor_method& method) {
        const auto request = lockhub::test::encode(subject, method, lockhub::test::sample_fields(method));
        BOOST_REQUIRE_MESSAGE(request, request.error().message);
        BOOST_CHECK_EQUAL(request->method, method.http_method);
        const auto carried = lockhub::test::carried_by(*request);
        for (const auto& parameter : method.parameters) {
            const auto found = carried.find(std::string(parameter.name));
            BOOST_REQUIRE_MESSAGE(found != carried.end(), parameter.name);
            BOOST_CHECK_EQUAL(found->second, lockhub::test::sample_on_wire(parameter));
        }
    });
}

BOOST_AUTO_TEST_CASE(other_spellings_are_taken_and_sent_as_the_wire_has_them) {
    std::size_t spellings = 0;
    for_each_method([&](const vendor_subject& subject, const vendor_method& method) {
        for (const auto& parameter : method.parameters) {
            if (parameter.other_name.empty()) continue;
            const auto fields = without(lockhub::test::sample_fields(method), parameter.name);
            const auto request = lockhub::test::encode(
                subject, method, with(fields, parameter.other_name, lockhub::test::sample_of(parameter)));
            BOOST_REQUIRE_MESSAGE(request, request.error().message);
            const auto carried = lockhub::test::carried_by(*request);
            BOOST_CHECK_EQUAL(carried.count(std::string(parameter.name)), 1U);
            BOOST_CHECK_EQUAL(carried.count(std::string(parameter.other_name)), parameter.sent_under_both ? 1U : 0U);
            ++spellings;
        }
    });
    BOOST_CHECK_GE(spellings, 3U);
    const auto subjects = lockhub::test::vendor_subjects();
    BOOST_CHECK_EQUAL(method_called(subjects.front(), "count_lock_envents").name, "count_lock_events");
}

BOOST_AUTO_TEST_CASE(what_is_required_is_missed_by_name_and_nothing_else_is) {
    for_each_method([](const vendor_subject& subject, const vendor_method& method) {
        auto required = lockhub::test::sample_fields(method);
        for (const auto& parameter : method.parameters) {
            const bool chosen = std::ranges::any_of(
                method.choices, [&](const parameter_choice& choice) { return choice.one == parameter.name; });
            if (!parameter.required && !chosen) required = without(required, parameter.name);
            if (parameter.from_account) required = without(required, parameter.name);
        }
        const auto request = lockhub::test::encode(subject, method, required);
        BOOST_CHECK_MESSAGE(request, (request ? "" : request.error().message));
        for (const auto& [name, value] : required.fields()) {
            for (const auto& fields : {without(required, name), with(required, name, "")}) {
                const auto refused = lockhub::test::encode(subject, method, fields);
                BOOST_REQUIRE_MESSAGE(!refused, name);
                BOOST_CHECK(refused.error().code == errc::invalid_input);
                BOOST_TEST(refused.error().message.find("'" + name + "'") != std::string::npos,
                           refused.error().message);
            }
        }
    });
}

BOOST_AUTO_TEST_CASE(an_unknown_field_is_refused_with_the_nearest_name) {
    for_each_method([](const vendor_subject& subject, const vendor_method& method) {
        const auto fields = with(lockhub::test::sample_fields(method), "home_idd", "leak");
        const auto refused = lockhub::test::encode(subject, method, fields);
        BOOST_REQUIRE(!refused);
        BOOST_CHECK(refused.error().code == errc::invalid_input);
        BOOST_CHECK(refused.error().message.find("'home_idd'") != std::string::npos);
        BOOST_CHECK(refused.error().message.find("leak") == std::string::npos);
    });
    const auto subjects = lockhub::test::vendor_subjects();
    const auto& method = method_called(subjects.front(), "add_password");
    const auto refused = lockhub::test::encode(subjects.front(), method, wire::form({{"pasword", "482913"}}));
    BOOST_REQUIRE(!refused);
    BOOST_CHECK_EQUAL(refused.error().message, "add_password: no parameter 'pasword', did you mean 'password'?");
}

BOOST_AUTO_TEST_CASE(a_field_given_twice_is_refused) {
    for_each_method([](const vendor_subject& subject, const vendor_method& method) {
        if (method.parameters.empty()) return;
        auto fields = lockhub::test::sample_fields(method);
        const auto& first = method.parameters.front();
        fields.add(std::string(first.other_name.empty() ? first.name : first.other_name),
                   lockhub::test::sample_of(first));
        const auto refused = lockhub::test::encode(subject, method, fields);
        BOOST_REQUIRE(!refused);
        BOOST_CHECK(refused.error().message.find("twice") != std::string::npos);
    });
}

BOOST_AUTO_TEST_CASE(a_value_of_the_wrong_form_is_refused_and_a_secret_one_never_shown) {
    for_each_method([](const vendor_subject& subject, const vendor_method& method) {
        for (const auto& parameter : method.parameters) {
            for (const auto& value : wrong_values(parameter)) {
                const auto refused = lockhub::test::encode(
                    subject, method, with(lockhub::test::sample_fields(method), parameter.name, value));
                BOOST_REQUIRE_MESSAGE(!refused, parameter.name << "=" << value);
                const auto& message = refused.error().message;
                BOOST_CHECK(message.find("'" + std::string(parameter.name) + "'") != std::string::npos);
                if (parameter.secret) BOOST_TEST(message.find("leak") == std::string::npos, message);
                for (const auto& hidden : subject.account_secrets) {
                    BOOST_CHECK(message.find(hidden) == std::string::npos);
                }
            }
        }
    });
}

BOOST_AUTO_TEST_CASE(a_request_that_is_shown_has_no_secret_of_the_call_or_the_account) {
    for_each_method([](const vendor_subject& subject, const vendor_method& method) {
        const auto request = lockhub::test::encode(subject, method, lockhub::test::sample_fields(method));
        BOOST_REQUIRE(request);
        const auto shown = message_mask().request(*request);
        auto hidden = subject.account_secrets;
        for (const auto& parameter : method.parameters) {
            if (parameter.secret) hidden.push_back(lockhub::test::sample_of(parameter));
        }
        const message_mask mask(message_mask::secrets_of(*request));
        for (const auto& each : hidden) {
            BOOST_CHECK(shown.url.find(each) == std::string::npos);
            BOOST_CHECK(shown.body.find(each) == std::string::npos);
            const bool was_sent = (request->url + request->body).find(each) != std::string::npos;
            if (was_sent) BOOST_CHECK_EQUAL(mask.text("<" + each + ">"), "<******>");
        }
    });
}

BOOST_AUTO_TEST_CASE(numbers_and_digits_keep_to_their_ranges) {
    std::size_t ranges = 0;
    for_each_method([&](const vendor_subject& subject, const vendor_method& method) {
        for (const auto& parameter : method.parameters) {
            if (parameter.highest > 1000) continue;
            const bool counted = parameter.what == type::digits;
            const auto over = counted ? std::string(static_cast<std::size_t>(parameter.highest) + 1, '7')
                                      : std::to_string(parameter.highest + 1);
            const auto under = counted ? std::string(static_cast<std::size_t>(parameter.lowest) - 1, '7')
                                       : std::to_string(parameter.lowest - 1);
            for (const auto& value : {over, under}) {
                const auto fields = with(lockhub::test::sample_fields(method), parameter.name, value);
                BOOST_CHECK_MESSAGE(!lockhub::test::encode(subject, method, fields), parameter.name << "=" << value);
            }
            ++ranges;
        }
    });
    BOOST_CHECK_GE(ranges, 10U);
}

BOOST_AUTO_TEST_CASE(an_answer_is_done_or_refused_whatever_else_stands_in_it) {
    for_each_method([](const vendor_subject& subject, const vendor_method& method) {
        const auto done = lockhub::test::decode(subject, method, 200, subject.done_body);
        BOOST_CHECK(done.what == outcome::done);
        BOOST_CHECK(done.body.find("fresh") != nullptr);
        const auto refused = lockhub::test::decode(subject, method, 200, subject.refused_body);
        BOOST_CHECK(refused.what == outcome::refused);
        BOOST_CHECK(!refused.message.empty());
        BOOST_CHECK(refused.body.find("fresh") != nullptr);
    });
}

BOOST_AUTO_TEST_CASE(what_is_no_answer_is_unavailable_and_says_so_without_repeating_it) {
    std::vector<std::string> bodies{"",
                                    " ",
                                    "{",
                                    "{\"ErrNo\":0",
                                    "{\"code\":1,,}",
                                    "{\"success\":tru}",
                                    "null",
                                    "[]",
                                    "\"leak\"",
                                    "\xff\xfeleak",
                                    "<!DOCTYPE html><html><body><h1>502 leak</h1></body></html>",
                                    std::string(100, '[') + "leak",
                                    std::string(limits::response_body_bytes, 'x')};
    for_each_method([&](const vendor_subject& subject, const vendor_method& method) {
        auto foreign = bodies;
        foreign.insert(foreign.end(), subject.foreign_bodies.begin(), subject.foreign_bodies.end());
        for (const auto& body : foreign) {
            BOOST_TEST_INFO(body.substr(0, 80));
            const auto answer = lockhub::test::decode(subject, method, 200, body);
            BOOST_CHECK(answer.what == outcome::unavailable);
            BOOST_CHECK(!answer.message.empty());
            BOOST_CHECK(answer.message.find("leak") == std::string::npos);
            BOOST_CHECK_LT(answer.message.size(), 200U);
        }
        for (const int status : {408, 429, 500, 502, 503, 504}) {
            const auto answer = lockhub::test::decode(subject, method, status, subject.done_body);
            BOOST_CHECK(answer.what == outcome::unavailable);
            BOOST_CHECK(answer.message.find(std::to_string(status)) != std::string::npos);
        }
    });
}

BOOST_AUTO_TEST_CASE(a_huge_answer_is_read_whole) {
    for_each_method([](const vendor_subject& subject, const vendor_method& method) {
        auto body = subject.done_body;
        body.insert(body.rfind('}'), ",\"huge\":\"" + std::string(limits::response_body_bytes / 2, 'x') + "\"");
        if (body.find(",,") != std::string::npos) body.erase(body.find(",,"), 1);
        const auto answer = lockhub::test::decode(subject, method, 200, body);
        BOOST_CHECK(answer.what == outcome::done);
        BOOST_CHECK_EQUAL(answer.body.text_of("huge").size(), limits::response_body_bytes / 2);
    });
}

BOOST_AUTO_TEST_CASE(the_codes_of_a_refused_token_ask_for_a_new_one) {
    const auto subject = lockhub::test::vendor_subjects().front();
    for (const auto& method : subject.cloud->methods()) {
        for (const std::string code : {"101", "102", "4018", "15001", "\"102\""}) {
            const auto answer = lockhub::test::decode(subject, method, 200, "{\"ErrNo\":" + code + "}");
            BOOST_TEST((answer.what == outcome::token_refused), method.name << ' ' << code);
        }
        BOOST_CHECK(lockhub::test::decode(subject, method, 401, "<html>").what == outcome::token_refused);
        BOOST_CHECK(lockhub::test::decode(subject, method, 200, "{\"ErrNo\":103}").what == outcome::refused);
    }
}

BOOST_AUTO_TEST_CASE(every_row_of_the_gateway_is_sent_byte_for_byte_and_its_answer_is_done) {
    const auto subject = lockhub::test::vendor_subjects().at(1);
    const auto rows = lockhub::test::load_fixtures("gateway19952.json");
    BOOST_CHECK_EQUAL(rows.size(), 11U);
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.name) {
            const auto& method = method_called(subject, row.request.text_of("path").substr(5));
            wire::form fields;
            for (const auto& [name, value] : row.request.find("params")->members()) {
                if (!name.starts_with("app")) fields.add(name, value.text());
            }
            const auto request = lockhub::test::encode(subject, method, fields);
            BOOST_REQUIRE_MESSAGE(request, (request ? "" : request.error().message));
            BOOST_CHECK_EQUAL(request->method, row.request.text_of("method"));
            BOOST_CHECK_EQUAL(request->url, "http://127.0.0.1:19952" + row.request.text_of("path"));
            BOOST_CHECK_EQUAL(wire::find_header(request->headers, "Content-Type"), row.request.text_of("content_type"));
            BOOST_CHECK_EQUAL(request->body, row.request.text_of("raw"));
        }
    }
}

BOOST_AUTO_TEST_CASE(every_row_of_yeeuu_is_sent_byte_for_byte_and_a_fresh_nonce_changes_its_token) {
    const auto subject = lockhub::test::vendor_subjects().back();
    std::size_t calls = 0;
    for (const auto& row : lockhub::test::load_fixtures("yeeuu.json")) {
        const auto* params = row.request.find("params");
        if (!params) continue;
        BOOST_TEST_CONTEXT(row.name) {
            const auto path = row.request.text_of("path");
            const auto place = path.substr(0, path.find('?'));
            const auto& method = method_called(subject, place.substr(place.rfind('/') + 1));
            constexpr std::array<std::string_view, 4> by_codec{"partnerId", "timestamp", "nonstr", "token"};
            wire::form fields;
            for (const auto& [name, value] : params->members()) {
                if (std::ranges::find(by_codec, name) == by_codec.end()) fields.add(name, value.text());
            }
            const auto request = subject.cloud->encode_method(method, fields, {}, lockhub::test::moment_of_call,
                                                              params->text_of("nonstr"));
            BOOST_REQUIRE_MESSAGE(request, (request ? "" : request.error().message));
            BOOST_CHECK_EQUAL(request->method, row.request.text_of("method"));
            BOOST_CHECK_EQUAL(request->url, "https://alms.example.com" + path);
            if (request->method == "POST") BOOST_CHECK_EQUAL(request->body, row.request.text_of("raw"));
            const auto other = lockhub::test::encode(subject, method, fields);
            BOOST_CHECK(lockhub::test::carried_by(*other).at("token") != params->text_of("token"));
            ++calls;
        }
    }
    BOOST_CHECK_EQUAL(calls, 8U);
}

BOOST_AUTO_TEST_CASE(a_door_inside_an_apartment_must_be_named_and_its_entrance_need_not) {
    const auto subject = lockhub::test::vendor_subjects().back();
    const auto& method = method_called(subject, "remote_action");
    const auto fields = without(lockhub::test::sample_fields(method), "door");
    BOOST_CHECK(lockhub::test::encode(subject, method, with(fields, "doorType", "1")));
    const auto refused = lockhub::test::encode(subject, method, with(fields, "doorType", "2"));
    BOOST_REQUIRE(!refused);
    BOOST_CHECK_EQUAL(refused.error().message, "remote_action: 'door' is missing: doorType 2 is a door inside");
}

BOOST_AUTO_TEST_CASE(the_calls_of_the_dingding_fixtures_are_sent_as_written_there) {
    const auto subject = lockhub::test::vendor_subjects().front();
    std::size_t calls = 0;
    for (const auto& row : lockhub::test::load_fixtures("dingding.json")) {
        const auto path = row.request.text_of("path");
        if (path.empty()) continue;
        BOOST_TEST_CONTEXT(row.name) {
            const auto& method = method_called(subject, path.substr(path.rfind('/') + 1));
            const auto* given = row.request.find("body") ? row.request.find("body") : row.request.find("query");
            wire::form fields;
            std::map<std::string, std::string> wanted;
            for (const auto& [name, value] : given->members()) {
                wanted[name] = value.text();
                const bool by_codec = name == "access_token" || name.starts_with("client_");
                if (!by_codec) fields.add(name, value.text());
            }
            const auto request = lockhub::test::encode(subject, method, fields);
            BOOST_REQUIRE_MESSAGE(request, (request ? "" : request.error().message));
            BOOST_CHECK_EQUAL(request->method, row.request.text_of("method"));
            BOOST_CHECK_EQUAL(request->url.substr(0, request->url.find('?')), "https://lockapi.example.com" + path);
            BOOST_CHECK(lockhub::test::carried_by(*request) == wanted);
            ++calls;
        }
    }
    BOOST_CHECK_EQUAL(calls, 6U);
}

BOOST_AUTO_TEST_SUITE_END()
