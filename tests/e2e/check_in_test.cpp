// enableGuestPwd from the PMS's call to its callback, against the real programs.
#include <boost/test/unit_test.hpp>

#include "tests/e2e/installation.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

std::size_t times_sent(const installation& at, const std::string& action) {
    std::size_t count = 0;
    const wire::json_value state = at.cloud_state();
    for (const wire::json_value& add : state.find("pins_sent")->items()) count += add.text_of("name") == action ? 1 : 0;
    return count;
}

std::int64_t calls(const installation& at, const std::string& verb) {
    return at.cloud_state().find("calls")->integer_of(verb).value_or(0);
}

std::int64_t times_told(const installation& at, const std::string& action) {
    const auto told = at.told_of_action(action);
    return told ? told->integer_of("times").value_or(0) : 0;
}

// Everything the hub took in has been told: a later surprise cannot hide behind a slow delivery.
void wait_until_quiet(const installation& at) {
    eventually("no delivery and no action waits", [&] {
        return sql_value(at.database(),
                         "SELECT (SELECT COUNT(*) FROM outbox WHERE state IN ('ready', 'queued', 'leased'))"
                         " + (SELECT COUNT(*) FROM actions WHERE state = 'open')") == "0";
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(check_in_test)

BOOST_AUTO_TEST_CASE(a_check_in_puts_the_pin_on_the_lock_and_ends_in_one_signed_callback) {
    installation at;
    const std::string action = at.check_in(0, "482913");
    BOOST_TEST(action.size() == 23u);
    BOOST_TEST(at.final_codes(action) == "0");
    wait_until_quiet(at);
    BOOST_TEST(times_told(at, action) == 1);
    BOOST_TEST(at.pms_state().integer_of("bad_hmacs").value() == 0);

    const wire::json_value cloud = at.cloud_state();
    const auto& passwords = cloud.find("locks")->items().at(0).find("passwords")->items();
    BOOST_REQUIRE(passwords.size() == 1u);
    BOOST_TEST(passwords[0].text_of("digits") == "482913");
    BOOST_TEST(passwords[0].text_of("on_lock") == "true");
}

BOOST_AUTO_TEST_CASE(a_failure_at_the_lock_is_told_once_with_its_code) {
    installation at;
    at.cloud_does("knobs", R"({"fail_operation":"1"})");
    const std::string action = at.check_in(0, "482913");
    BOOST_TEST(at.final_codes(action) == "-1");
    wait_until_quiet(at);
    BOOST_TEST(times_told(at, action) == 1);
    BOOST_TEST(times_sent(at, action) == 1u);
}

BOOST_AUTO_TEST_CASE(a_result_that_overtakes_its_own_calls_answer_is_parked_and_matched) {
    installation at;
    at.cloud_does("knobs", R"({"reorder":"1"})");
    const std::string action = at.check_in(0, "482913");
    BOOST_TEST(at.final_codes(action) == "0");
    BOOST_TEST(sql_value(at.database(), "SELECT COUNT(*) FROM parked_results WHERE state = 'matched'") == "1");
}

BOOST_AUTO_TEST_CASE(a_lost_reply_is_settled_by_asking_and_never_by_sending_again) {
    installation at;
    at.cloud_does("knobs", R"({"lose_reply":"1x1","lose_push":"1x1"})");
    const std::string action = at.check_in(0, "482913");
    BOOST_TEST(at.final_codes(action) == "0");
    BOOST_TEST(times_sent(at, action) == 1u);
    BOOST_TEST(calls(at, "add_password") == 1);
    BOOST_TEST(calls(at, "fetch_passwords") >= 1);
}

BOOST_AUTO_TEST_CASE(a_lost_reply_whose_result_push_comes_is_told_once) {
    installation at;
    at.cloud_does("knobs", R"({"lose_reply":"1x1"})");
    const std::string action = at.check_in(0, "482913");
    BOOST_TEST(at.final_codes(action) == "0");
    wait_until_quiet(at);
    BOOST_TEST(times_told(at, action) == 1);
    BOOST_TEST(times_sent(at, action) == 1u);
}

BOOST_AUTO_TEST_CASE(a_call_that_never_arrived_is_sent_again_once_the_cloud_says_so) {
    installation at;
    at.cloud_does("knobs", R"({"drop":"1x1","only_verb":"add_password"})");
    const std::string action = at.check_in(0, "482913");
    BOOST_TEST(at.final_codes(action) == "0");
    BOOST_TEST(times_sent(at, action) == 1u);
    BOOST_TEST(calls(at, "add_password") == 2);
    BOOST_TEST(calls(at, "fetch_passwords") >= 1);
}

BOOST_AUTO_TEST_CASE(a_result_that_is_never_pushed_is_polled) {
    installation at;
    at.cloud_does("knobs", R"({"lose_push":"1"})");
    const std::string action = at.check_in(0, "482913");
    BOOST_TEST(at.final_codes(action) == "0");
    BOOST_TEST(calls(at, "add_password") == 1);
    BOOST_TEST(calls(at, "fetch_passwords") >= 1);
}

BOOST_AUTO_TEST_CASE(an_operation_without_an_end_expires_and_the_pms_gets_a_failure_code) {
    installation at({.dispatch = "result_poll_after = \"1s\"\nresult_expires_after = \"3s\"\n",
                     .pms_extra = {},
                     .sim_arguments = {}});
    at.cloud_does("knobs", R"({"stuck":"1"})");
    const std::string action = at.check_in(0, "482913");
    const std::string codes = at.final_codes(action);
    BOOST_TEST(codes.starts_with('-'), codes);
    BOOST_TEST(codes.find(' ') == std::string::npos, codes);
    BOOST_TEST(calls(at, "fetch_passwords") >= 1);
    BOOST_TEST(sql_value(at.database(), "SELECT state FROM actions") == "expired");
}

BOOST_AUTO_TEST_CASE(a_result_that_comes_after_the_expiry_changes_nothing) {
    installation at({.dispatch = "result_poll_after = \"1s\"\nresult_expires_after = \"2s\"\n",
                     .pms_extra = {},
                     .sim_arguments = {}});
    at.cloud_does("knobs", R"({"result_delay_ms":4000})");
    const std::string action = at.check_in(0, "482913");
    const std::string codes = at.final_codes(action);
    eventually("the late result is pushed", [&] {
        const wire::json_value all = at.pushes();
        return !all.find("pushes")->items().empty() && all.find("pushes")->items()[0].text_of("acknowledged") == "true";
    });
    wait_until_quiet(at);
    BOOST_TEST(at.final_codes(action) == codes);
    BOOST_TEST(times_told(at, action) == 1);
}

BOOST_AUTO_TEST_CASE(a_lock_off_line_answers_the_dynamic_pin_and_promises_no_callback) {
    installation at;
    at.cloud_does("online", R"({"uuid":")" + at.uuid(0) + R"(","online":false})");
    eventually("the hub knows", [&] { return !at.event_callbacks("lock.offline").empty(); });

    const wire::json_value reply = at.lockapi("enableGuestPwd", at.check_in_fields(0, "482913")).json();
    BOOST_TEST(reply.integer_of("code").value() == 0);
    BOOST_REQUIRE(reply.find("data") != nullptr);
    BOOST_TEST(reply.find("data")->text_of("pwd").size() == 6u);
    BOOST_TEST(reply.find("data")->text_of("pwd") != "482913");
    BOOST_TEST(calls(at, "get_dynamic_password_plaintext") == 1);
    BOOST_TEST(calls(at, "add_password") == 0);

    const std::string other = at.check_in(1, "775533");
    BOOST_TEST(at.final_codes(other) == "0");
    wait_until_quiet(at);
    BOOST_TEST(at.pms_state().find("actions")->members().size() == 1u);
}

BOOST_AUTO_TEST_CASE(without_a_pin_six_random_digits_are_answered_and_no_callback_is_promised) {
    installation at;
    const wire::json_value reply = at.lockapi("enableGuestPwd", at.check_in_fields(0, "")).json();
    BOOST_TEST(reply.integer_of("code").value() == 0);
    BOOST_REQUIRE(reply.find("data") != nullptr);
    const std::string pin = reply.find("data")->text_of("pwd");
    BOOST_TEST(pin.size() == 6u);
    BOOST_TEST(pin.find_first_not_of("0123456789") == std::string::npos);
    eventually("the PIN is on the lock", [&] {
        const wire::json_value cloud = at.cloud_state();
        const auto& passwords = cloud.find("locks")->items().at(0).find("passwords")->items();
        return passwords.size() == 1 && passwords[0].text_of("digits") == pin &&
               passwords[0].text_of("on_lock") == "true";
    });
    wait_until_quiet(at);
    BOOST_TEST(at.pms_state().find("actions")->members().empty());
}

BOOST_AUTO_TEST_CASE(the_same_request_while_its_action_is_open_gets_the_same_action) {
    installation at;
    at.cloud_does("knobs", R"({"result_delay_ms":1500})");
    const std::string action = at.check_in(0, "482913");
    BOOST_TEST(at.check_in(0, "482913") == action);
    BOOST_TEST(at.final_codes(action) == "0");
    wait_until_quiet(at);
    BOOST_TEST(times_sent(at, action) == 1u);
    BOOST_TEST(times_told(at, action) == 1);
}

BOOST_AUTO_TEST_CASE(an_expired_token_is_renewed_once_and_the_action_goes_through) {
    installation at;
    BOOST_TEST(at.final_codes(at.check_in(0, "482913")) == "0");
    at.cloud_does("expire_tokens", "");
    BOOST_TEST(at.final_codes(at.check_in(1, "482913")) == "0");
    BOOST_TEST(calls(at, "access_token") == 2);
}

BOOST_AUTO_TEST_CASE(calls_that_are_wrong_are_answered_with_the_documents_codes) {
    installation at;
    const auto code_of = [&](simulators::text_fields fields) {
        return at.lockapi("enableGuestPwd", std::move(fields)).json().integer_of("code").value();
    };
    const auto without = [&](const std::string& name) {
        simulators::text_fields fields = at.check_in_fields(0, "482913");
        std::erase_if(fields, [&](const auto& f) { return f.first == name; });
        return fields;
    };
    BOOST_TEST(code_of(without("hotelNo")) == -1002);
    BOOST_TEST(code_of(without("roomId")) == -8001);
    BOOST_TEST(code_of(without("operatorGuid")) == -1016);

    const std::string forged =
        simulators::signed_lockapi_form(at.check_in_fields(0, "482913"), {"demopms", "another key"});
    const call_answer answer =
        http_post(at.hub(), "/lockapi/demopms/lock/enableGuestPwd.do", forged, "application/x-www-form-urlencoded");
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.json().integer_of("code").value() == -5000);
    BOOST_TEST(calls(at, "add_password") == 0);
    BOOST_TEST(sql_value(at.database(), "SELECT COUNT(*) FROM actions") == "0");
}

BOOST_AUTO_TEST_CASE(a_pms_that_refuses_gets_the_identical_callback_again_until_it_takes_it) {
    installation at;
    at.pms_does("knobs", R"({"refuse":"1x1","lose_reply":"1x1"})");
    const std::string action = at.check_in(0, "482913");
    eventually("the callback is delivered", [&] {
        return sql_value(at.database(), "SELECT COUNT(*) FROM outbox WHERE state = 'delivered'") == "1";
    });
    const auto told = at.told_of_action(action);
    BOOST_TEST(told->integer_of("times").value() == 3);
    BOOST_TEST(told->integer_of("different_bodies").value() == 1);
    BOOST_TEST(at.final_codes(action) == "0");
}

BOOST_AUTO_TEST_SUITE_END()
