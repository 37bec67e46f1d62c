#include "hub/routes/health_routes.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/support/run_task.hpp"

using namespace lockhub;

namespace {

struct health {
    dispatch::asio::io_context io{1};
    hub::metrics counted{"1.2.3"};
    std::string reason;
    hub::service_report report;
    hub::router routes{hub::health_routes({[this] { return reason; }, [this] { return report; }, &counted})};

    hub::response get(std::string_view path) {
        const auto match = routes.find("GET", path);
        hub::request in;
        in.method = "GET";
        in.path = path;
        hub::response out;
        test::run_task(io, std::get<const hub::route*>(match)->target->handle(in, out));
        return out;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(health_routes_test)

BOOST_FIXTURE_TEST_CASE(a_living_process_says_so_whether_it_is_ready_or_not, health) {
    reason = "the service is stopping";
    BOOST_TEST(get("/healthz").status == 200);
    BOOST_TEST(get("/healthz").body == R"({"status":"alive"})");
}

BOOST_FIXTURE_TEST_CASE(readiness_names_what_is_missing, health) {
    BOOST_TEST(get("/readyz").status == 200);
    reason = "the store takes no more writes: disk full";
    const auto refused = get("/readyz");
    BOOST_TEST(refused.status == 503);
    BOOST_TEST(refused.retry_after_seconds == 1u);
    BOOST_TEST(refused.body == R"({"status":"not ready","reason":"the store takes no more writes: disk full"})");
}

BOOST_FIXTURE_TEST_CASE(a_scrape_reads_the_service_report_and_comes_as_text, health) {
    report.connections.open = 3;
    const auto scraped = get("/metrics");
    BOOST_TEST(scraped.content_type.starts_with("text/plain; version=0.0.4"));
    BOOST_TEST(scraped.body.find("lockhub_connections{state=\"open\"} 3\n") != std::string::npos, scraped.body);
}

BOOST_AUTO_TEST_SUITE_END()
