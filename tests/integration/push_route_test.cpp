#include "hub/routes/push_route.hpp"

#include <boost/test/unit_test.hpp>
#include <optional>

#include "dispatch/net/task_group.hpp"
#include "hub/system/io_completions.hpp"
#include "schemas/dingding/cloud.hpp"
#include "schemas/wire/json_value.hpp"
#include "storage/sqlite/open.hpp"
#include "tests/support/fixtures.hpp"
#include "tests/support/run_task.hpp"
#include "tests/support/seeded_entropy.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/virtual_time.hpp"

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(push_route_test)

namespace {

// One account's two routes on a real database, on virtual time.
struct pushed_to {
    dispatch::asio::io_context io{1};
    test::virtual_time time{io};
    test::seeded_entropy random;
    test::temporary_folder folder;
    std::unique_ptr<storage::inline_store> store;
    std::vector<hub::push_outcome_kind> reports;

    pushed_to() {
        storage::sqlite_options options;
        options.path = folder / "lockhub.db";
        options.time = &time;
        options.random = &random;
        options.seal_key = secret(std::string(wire::seal_key_bytes, 'k'));
        options.completions = hub::completions_on(io.get_executor());
        store = storage::open_inline_store(std::move(options));
        time.when_idle([this] { return store->run_group(); });
    }

    hub::response push(const std::string& url, const std::string& content_type, const std::string& body,
                       dingding::sign_policy policy = dingding::sign_policy::required,
                       std::vector<std::string> allow_from = {}) {
        dingding::account_settings settings;
        settings.account = account_id("dd-main");
        settings.event_url = "https://hub.example.com/in/dd/k7Qm2/event";
        settings.result_url = "https://hub.example.com/in/dd/k7Qm2/result";
        settings.sign = policy;
        settings.base_url = "http://127.0.0.1:9101/openapi/v1";
        settings.client_id = "demo";
        settings.client_secret = secret("demo-secret");
        auto allowed = wire::cidr_list::parse(allow_from);
        BOOST_REQUIRE(allowed.has_value());
        hub::push_route::parts parts;
        parts.cloud = dingding::make_cloud(std::move(settings));
        parts.endpoint = {url, ""};
        parts.allow_from = std::move(*allowed);
        parts.store = store.get();
        parts.observe = [this](const hub::push_report& report) { reports.push_back(report.outcome); };
        hub::push_route route(std::move(parts));

        hub::request in;
        in.method = "POST";
        in.content_type = content_type;
        in.body = body;
        in.client_address = "203.0.113.9";
        in.received_at = time.now();
        hub::response out;
        bool answered = false;
        auto work = [](hub::push_route& at, const hub::request& asked, hub::response& answer,
                       bool& done) -> hub::task<void> {
            co_await at.handle(asked, answer);
            done = true;
        };
        dispatch::task_group group(io.get_executor(),
                                   [](const std::string&, const std::string& what) { BOOST_ERROR(what); });
        group.spawn("push", work(route, in, out, answered));
        BOOST_REQUIRE(time.run_until([&answered] { return answered; }, std::chrono::seconds(1)));
        return out;
    }
};

int expected_status(const wire::json_value& expected) {
    if (const auto status = expected.integer_of("http_status")) {
        return static_cast<int>(*status);
    }
    // Cases about the sign alone name no status: wrong or missing where it is required is 401.
    const auto* ok = expected.find("sign_ok");
    return ok != nullptr && ok->text() == "true" ? 200 : 401;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_push_of_the_fixtures_is_answered_as_it_says_and_its_repeat_changes_nothing) {
    std::size_t pushes = 0;
    for (const auto& entry : test::load_fixtures("dingding.json")) {
        const auto* asked = &entry.request;
        if (asked->text_of("raw").empty()) {
            continue;
        }
        ++pushes;
        BOOST_TEST_CONTEXT(entry.name) {
            pushed_to hub;
            const auto& expected = entry.expected;
            const auto url = asked->text_of("url");
            const auto type = asked->text_of("content_type");
            const auto first = hub.push(url, type, asked->text_of("raw"));
            BOOST_TEST(first.status == expected_status(expected));
            const auto answer = wire::json_value::parse(first.body);
            BOOST_REQUIRE(answer.has_value());
            if (const auto* wanted = expected.find("answer")) {
                for (const auto& [name, value] : wanted->members()) {
                    BOOST_TEST(answer->text_of(name) == value.text());
                }
                BOOST_TEST(*answer->integer_of("count") > 0);
                const auto repeat = hub.push(url, type, asked->text_of("raw"));
                BOOST_TEST(repeat.status == 200);
                BOOST_TEST(wire::json_value::parse(repeat.body)->integer_of("count").value_or(-1) == 0);
            }
        }
    }
    BOOST_TEST(pushes > 60u);
}

BOOST_AUTO_TEST_CASE(a_push_from_an_address_that_is_not_listed_is_refused_and_stores_nothing) {
    pushed_to hub;
    const std::string body = R"({"event":"batteryAlarm","uuid":"u","time":1760000000123})";
    const auto refused = hub.push("https://hub.example.com/in/dd/k7Qm2/event", "application/json", body,
                                  dingding::sign_policy::if_present, {"198.51.100.0/24"});
    BOOST_TEST(refused.status == 403);
    const auto stored = hub.push("https://hub.example.com/in/dd/k7Qm2/event", "application/json", body,
                                 dingding::sign_policy::if_present, {"203.0.113.0/24"});
    BOOST_TEST(stored.status == 200);
    BOOST_TEST(stored.body.find("\"count\":1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_store_that_cannot_store_means_503_and_when_to_come_again) {
    pushed_to hub;
    hub.store->close();
    const auto refused =
        hub.push("https://hub.example.com/in/dd/k7Qm2/event", "application/json",
                 R"({"event":"batteryAlarm","uuid":"u","time":1760000000123})", dingding::sign_policy::if_present);
    BOOST_TEST(refused.status == 503);
    BOOST_TEST(refused.retry_after_seconds > 0u);
    BOOST_TEST((hub.reports == std::vector{hub::push_outcome_kind::not_stored}));
}

BOOST_AUTO_TEST_SUITE_END()
