#include "dispatch/core/delivery_machine.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;

namespace {

constexpr time_point start = from_unix_ms(1'760'000'000'000);
constexpr double no_jitter = 0.5;

storage::leased_delivery delivery(std::uint32_t attempt = 1) {
    storage::leased_delivery out;
    out.id = delivery_id(7);
    out.lease_token = 3;
    out.pms = pms_id("demopms");
    out.attempt = attempt;
    return out;
}

storage::delivery_settlement after(transport_result answer, std::uint32_t attempt = 1) {
    return settle_attempt(delivery(attempt), {start, start + 100ms, std::move(answer)}, retry_schedule(), no_jitter);
}

wire::http_response answered(int status, std::string body, wire::header_list headers = {}) {
    return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(delivery_machine_test)

BOOST_AUTO_TEST_CASE(delivered_is_what_the_body_says) {
    for (const auto* body : {R"({"code":0,"msg":"ok"})", R"({"code":"0","message":"处理成功"})"}) {
        const auto out = after(answered(200, body));
        BOOST_CHECK(out.next == delivery_state::delivered);
        BOOST_CHECK(out.why == error_class::none);
        BOOST_TEST(out.id.value == 7);
        BOOST_TEST(out.lease_token == 3);
        BOOST_TEST(out.count_attempt);
        BOOST_TEST(out.response == body);
    }
}

BOOST_AUTO_TEST_CASE(a_success_status_without_code_zero_is_refused_and_tried_again) {
    for (const auto* body : {R"({"code":-1,"msg":"x"})", R"({"code":-10001,"message":"处理失败"})", "ok", "", "{}"}) {
        BOOST_TEST_CONTEXT(body) {
            const auto out = after(answered(200, body));
            BOOST_CHECK(out.next == delivery_state::ready);
            BOOST_CHECK(out.why == error_class::refused_by_pms);
            BOOST_TEST((out.due_at - start).count() == 8'100);
        }
    }
}

BOOST_AUTO_TEST_CASE(other_statuses_have_their_class_whatever_the_body_says) {
    const std::pair<int, error_class> table[] = {{302, error_class::http_3xx}, {404, error_class::http_4xx},
                                                 {429, error_class::http_429}, {500, error_class::http_5xx},
                                                 {503, error_class::http_5xx}, {101, error_class::http_5xx}};
    for (const auto& [status, why] : table) {
        const auto out = after(answered(status, R"({"code":0})"));
        BOOST_CHECK(out.why == why);
        BOOST_CHECK(out.next == delivery_state::ready);
        BOOST_TEST(out.http_status == status);
    }
}

BOOST_AUTO_TEST_CASE(a_transport_error_keeps_its_class_and_message) {
    const auto out = after(
        std::unexpected(transport_error{error_class::connection_refused, "connect to pms.test:80: refused", false}));
    BOOST_CHECK(out.why == error_class::connection_refused);
    BOOST_TEST(out.message == "connect to pms.test:80: refused");
    BOOST_TEST(out.http_status == 0);
    BOOST_CHECK(out.next == delivery_state::ready);
}

BOOST_AUTO_TEST_CASE(retry_after_is_counted_from_the_end_of_the_attempt) {
    const auto out = after(answered(503, "", {{"retry-after", "300"}}));
    BOOST_TEST((out.due_at - start).count() == 300'100);
}

BOOST_AUTO_TEST_CASE(after_the_last_step_it_is_dead) {
    BOOST_CHECK(after(answered(500, ""), 10).next == delivery_state::ready);
    BOOST_CHECK(after(answered(500, ""), 11).next == delivery_state::dead);
    BOOST_CHECK(after(answered(200, R"({"code":0})"), 11).next == delivery_state::delivered);
}

BOOST_AUTO_TEST_CASE(the_copy_of_the_response_is_bounded_and_cut_between_characters) {
    std::string body(limits::response_copy_bytes - 1, 'x');
    body += "锁锁";
    const auto out = after(answered(500, body));
    BOOST_TEST(out.response == std::string(limits::response_copy_bytes - 1, 'x'));
}

BOOST_AUTO_TEST_CASE(what_was_not_sent_is_not_counted) {
    const auto held = hold_back(delivery(), "no password_url is configured", start);
    BOOST_CHECK(held.next == delivery_state::held);
    BOOST_TEST(!held.count_attempt);
    const auto later = postpone(delivery(), start + 9s, start);
    BOOST_CHECK(later.next == delivery_state::ready);
    BOOST_CHECK(later.due_at == start + 9s);
    BOOST_TEST(!later.count_attempt);
    const auto back = give_back(delivery(), start);
    BOOST_CHECK(back.next == delivery_state::ready);
    BOOST_CHECK(back.due_at == start);
    BOOST_TEST(!back.count_attempt);
}

BOOST_AUTO_TEST_CASE(a_refusal_by_the_pms_is_contact) {
    BOOST_CHECK(end_of_call(error_class::refused_by_pms) == call_end::contact);
    BOOST_CHECK(end_of_call(error_class::http_5xx) == call_end::contact);
    BOOST_CHECK(end_of_call(error_class::timeout) == call_end::no_contact);
    BOOST_CHECK(end_of_call(error_class::interrupted) == call_end::interrupted);
}

BOOST_AUTO_TEST_SUITE_END()
