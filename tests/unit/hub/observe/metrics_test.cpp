#include "hub/observe/metrics.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

constexpr time_point now = from_unix_ms(1'790'000'000'000);

bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(metrics_test)

BOOST_AUTO_TEST_CASE(pushes_are_counted_by_account_and_outcome) {
    hub::metrics counted("1.2.3");
    const auto pushes = counted.pushes("dd-main");
    pushes.stored.add();
    pushes.stored.add();
    pushes.unauthentic.add();
    const auto text = counted.text();
    BOOST_TEST(has_line(text, R"(lockhub_pushes_total{account="dd-main",outcome="stored"} 2)"), text);
    BOOST_TEST(has_line(text, R"(lockhub_pushes_total{account="dd-main",outcome="unauthentic"} 1)"), text);
    BOOST_TEST(has_line(text, R"(lockhub_pushes_total{account="dd-main",outcome="repeat"} 0)"), text);
    BOOST_TEST(has_line(text, R"(lockhub_build_info{version="1.2.3"} 1)"), text);
}

BOOST_AUTO_TEST_CASE(the_same_labels_are_the_same_counter) {
    hub::metrics counted("1");
    counted.deliveries("demopms", "delivered").add();
    counted.deliveries("demopms", "delivered").add();
    counted.lockapi_requests("demopms", "enableGuestPwd", -5000).add();
    BOOST_TEST(counted.deliveries("demopms", "delivered").value() == 2u);
    BOOST_TEST(has_line(counted.text(),
                        R"(lockhub_lockapi_requests_total{code="-5000",method="enableGuestPwd",pms="demopms"} 1)"));
}

BOOST_AUTO_TEST_CASE(labels_beyond_the_bound_are_counted_together) {
    hub::metrics counted("1");
    for (std::size_t i = 0; i < limits::metric_series + 10; ++i)
        counted.deliveries("pms" + std::to_string(i), "delivered").add();
    BOOST_TEST(has_line(counted.text(), R"(lockhub_deliveries_total{outcome="other",pms="other"} 10)"));
}

BOOST_AUTO_TEST_CASE(differences_are_counted_by_kind_and_state) {
    hub::metrics counted("1");
    counted.set_drift({{.kind = drift_kind::pin_missing,
                        .state = storage::drift_state::suspended,
                        .rows = 2,
                        .oldest_at = now - 60s}},
                      now);
    const auto text = counted.text();
    for (const auto* line : {"lockhub_drift{kind=\"pin_missing\",state=\"suspended\"} 2\n",
                             "lockhub_drift{kind=\"pin_missing\",state=\"open\"} 0\n",
                             "lockhub_drift{kind=\"pin_foreign\",state=\"repairing\"} 0\n",
                             "lockhub_oldest_age_seconds{kind=\"drift\",state=\"pin_missing\"} 60\n"})
        BOOST_TEST(text.find(line) != std::string::npos, line);
}

BOOST_AUTO_TEST_CASE(depths_and_ages_cover_every_state_that_is_not_final) {
    hub::metrics counted("1");
    storage::depths depths;
    depths.deliveries["held"] = {.rows = 3, .oldest_at = now - 90s};
    depths.parked_results = {.rows = 1, .oldest_at = now - 5s};
    counted.set_depths(depths, now);
    const auto text = counted.text();
    BOOST_TEST(has_line(text, R"(lockhub_queue_depth{queue="delivery.held"} 3)"), text);
    BOOST_TEST(has_line(text, R"(lockhub_oldest_age_seconds{kind="delivery",state="held"} 90)"), text);
    BOOST_TEST(has_line(text, R"(lockhub_queue_depth{queue="delivery.ready"} 0)"), text);
    BOOST_TEST(has_line(text, R"(lockhub_oldest_age_seconds{kind="result",state="parked"} 5)"), text);
    counted.set_depths({}, now);
    BOOST_TEST(has_line(counted.text(), R"(lockhub_queue_depth{queue="delivery.held"} 0)"));
}

BOOST_AUTO_TEST_CASE(a_row_that_disappeared_shows) {
    hub::metrics counted("1");
    counted.set_conservation({.accepted = 10, .delivered = 9, .pending = 1});
    BOOST_TEST(has_line(counted.text(), "lockhub_conservation_ok 1"));
    counted.set_conservation({.accepted = 10, .delivered = 8, .pending = 1});
    BOOST_TEST(has_line(counted.text(), "lockhub_conservation_ok 0"));
    BOOST_TEST(has_line(counted.text(), "lockhub_conservation_difference 1"));
}

BOOST_AUTO_TEST_CASE(the_service_report_becomes_gauges_and_totals) {
    hub::metrics counted("1");
    hub::service_report report;
    report.breakers = {{.target = "demopms", .state = "open"}, {.target = "other", .state = "closed"}};
    report.connections.accepted = 7;
    report.connections.open = 2;
    counted.set_report(report);
    report.connections.accepted = 9;
    counted.set_report(report);
    const auto text = counted.text();
    BOOST_TEST(has_line(text, R"(lockhub_breaker_state{pms="demopms"} 1)"), text);
    BOOST_TEST(has_line(text, R"(lockhub_breaker_state{pms="other"} 0)"), text);
    BOOST_TEST(has_line(text, R"(lockhub_connections_total{event="accepted"} 9)"), text);
    BOOST_TEST(has_line(text, R"(lockhub_connections{state="open"} 2)"), text);
}

BOOST_AUTO_TEST_CASE(commits_are_observed_in_seconds_and_units) {
    hub::metrics counted("1");
    counted.commit(3, 4ms);
    const auto text = counted.text();
    BOOST_TEST(has_line(text, R"(lockhub_commit_seconds_bucket{le="0.002"} 0)"), text);
    BOOST_TEST(has_line(text, R"(lockhub_commit_seconds_bucket{le="0.005"} 1)"), text);
    BOOST_TEST(has_line(text, R"(lockhub_commit_units_bucket{le="4"} 1)"), text);
}

BOOST_AUTO_TEST_SUITE_END()
