#include "tests/simulators/pms_system.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/wire/json_value.hpp"

using namespace lockhub;
using namespace lockhub::simulators;
using wire::json_value;

namespace {

const time_point start = from_unix_ms(1'760'000'000'000);

struct hotel {
    pms_system pms{{}};
    random_source random{1};

    answer call(const text_fields& fields, time_point at = start) {
        wire::http_request request;
        request.url = "http://127.0.0.1:9201/callback/password";
        request.body = signed_lockapi_form(fields, pms.registration());
        return pms.handle(request, at, random);
    }
    answer tell(const std::string& code, time_point at = start) {
        return call({{"actionId", "A1"}, {"code", code}}, at);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(simulated_pms_system_test)

BOOST_AUTO_TEST_CASE(a_signed_callback_is_taken_and_answered_with_code_0) {
    hotel h;
    const answer out = h.tell("0");
    BOOST_TEST(json_value::parse(out.response->body)->integer_of("code").value() == 0);
    BOOST_REQUIRE(h.pms.seen().size() == 1u);
    BOOST_TEST(h.pms.seen()[0].path == "/callback/password");
    BOOST_TEST(h.pms.seen()[0].taken);
    BOOST_TEST(h.pms.codes_told("A1") == std::vector<std::string>{"0"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_callback_with_a_wrong_hmac_is_refused_and_counted) {
    hotel h;
    wire::http_request request;
    request.url = "/callback/password";
    request.body = signed_lockapi_form({{"actionId", "A1"}, {"code", "0"}}, {"demopms", "another key"});
    const answer out = h.pms.handle(request, start, h.random);
    BOOST_TEST(json_value::parse(out.response->body)->integer_of("code").value() == -5000);
    BOOST_TEST(h.pms.bad_hmacs() == 1u);
    BOOST_TEST(!h.pms.seen().at(0).taken);
}

BOOST_AUTO_TEST_CASE(two_codes_for_one_action_show) {
    hotel h;
    h.tell("0");
    h.tell("0");
    h.tell("-1");
    BOOST_TEST(h.pms.codes_told("A1").size() == 2u);
    const json_value state = *json_value::parse(h.pms.state_json());
    BOOST_TEST(state.find("actions")->find("A1")->integer_of("times").value() == 3);
    BOOST_TEST(state.find("actions")->find("A1")->integer_of("different_bodies").value() == 2);
}

BOOST_AUTO_TEST_CASE(every_fault_answers_as_it_says) {
    struct expectation {
        const char* knob;
        int status;  // 0: no answer
        bool taken;
    };
    for (const auto& [knob, status, taken] : {expectation{"refuse", 200, false},
                                              {"http_500", 500, false},
                                              {"html", 200, false},
                                              {"redirect", 302, false},
                                              {"too_many", 429, false},
                                              {"drop", 0, false},
                                              {"lose_reply", 0, true},
                                              {"slow", 200, true}}) {
        hotel h;
        BOOST_REQUIRE(h.pms.board().set(knob, "1x1").has_value());
        const answer out = h.tell("0");
        BOOST_TEST((out.response ? out.response->status : 0) == status, knob);
        BOOST_TEST(h.pms.seen().at(0).taken == taken, knob);
        BOOST_TEST(json_value::parse(h.tell("0").response->body)->integer_of("code").value() == 0, knob);
    }
}

BOOST_AUTO_TEST_CASE(a_slow_answer_comes_late) {
    hotel h;
    BOOST_REQUIRE(h.pms.board().set("slow", "1").has_value());
    BOOST_REQUIRE(h.pms.board().set("slow_ms", "1234").has_value());
    BOOST_TEST(h.tell("0").delay.count() == 1234);
}

BOOST_AUTO_TEST_CASE(the_styles_of_a_good_answer) {
    hotel h;
    BOOST_REQUIRE(h.pms.board().set("style", "string").has_value());
    BOOST_TEST((json_value::parse(h.tell("0").response->body)->find("code")->type() == json_value::kind::string));
    BOOST_REQUIRE(h.pms.board().set("style", "message").has_value());
    BOOST_TEST(json_value::parse(h.tell("0").response->body)->text_of("message") == "处理成功");
}

BOOST_AUTO_TEST_CASE(rates_are_measured_over_sliding_windows) {
    hotel h;
    for (int i = 0; i < 5; ++i) h.tell("0", start + std::chrono::milliseconds(i * 100));
    h.tell("0", start + std::chrono::milliseconds(1300));
    BOOST_TEST(h.pms.rates().most_in_a_second() == 5u);
    BOOST_TEST(h.pms.rates().most_identical_in_30s() == 6u);
    h.tell("0", start + std::chrono::seconds(60));
    BOOST_TEST(h.pms.rates().most_identical_in_30s() == 6u);
}

BOOST_AUTO_TEST_CASE(calls_exactly_a_second_apart_share_no_second) {
    rate_meter meter;
    meter.count("a", start);
    meter.count("b", start + std::chrono::seconds(1));
    BOOST_TEST(meter.most_in_a_second() == 1u);
    meter.count("c", start + std::chrono::milliseconds(1999));
    BOOST_TEST(meter.most_in_a_second() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
