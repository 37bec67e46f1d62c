// The key a push is told from its repeats by, of every push of the fixtures and of openings that are polled. A key of
// one release must be that of the next, or a push that is repeated across an upgrade would count twice:
// fixtures/dedupe_keys.txt is not to be changed.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <map>
#include <sstream>

#include "schemas/dingding/cloud.hpp"
#include "schemas/domain/polled_opening.hpp"
#include "tests/support/fixtures.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

// Of one push: its name in the fixtures, the time or reference it is ordered by, and its hash.
using keys = std::map<std::string, std::string>;

std::string text_of(const dedupe_key& key) {
    std::string hash;
    for (const auto each : key.hash) hash += fmt::format("{:02x}", std::to_integer<unsigned>(each));
    return fmt::format("{} {}", key.order, hash);
}

// Openings that are polled have no push of their cloud's: their key is made of what the log says.
void add_polled_openings(keys& out) {
    const reported_opening by_pin{from_unix_ms(1760000000000), opened_by_password, "13000000001", "密码"};
    const reported_opening by_phone{from_unix_ms(1760000000000), opened_remotely + 2, "13700000009", "app"};
    const account_id account("yy-main");
    out.emplace("polled opening by PIN", text_of(push_of(account, "x0001/甲", by_pin).key));
    out.emplace("polled opening by phone", text_of(push_of(account, "x0001/甲", by_phone).key));
    out.emplace("polled opening of another door", text_of(push_of(account, "x0001", by_pin).key));
}

keys keys_of_fixtures() {
    const auto cloud = dingding::make_cloud({.account = account_id("dd-main"),
                                             .event_url = "https://hub.example.com/in/dd/k7Qm2/event",
                                             .result_url = "https://hub.example.com/in/dd/k7Qm2/result",
                                             .sign = dingding::sign_policy::if_present,
                                             .base_url = "http://127.0.0.1:9101/openapi/v1",
                                             .client_id = "demo",
                                             .client_secret = secret("demo-secret")});
    keys out;
    for (const auto& push : load_fixtures("dingding.json")) {
        const auto body = push.request.text_of("raw");
        if (body.empty()) continue;
        const auto url = push.request.text_of("url"), type = push.request.text_of("content_type");
        const auto parsed = cloud->parse_push({url, type, body});
        if (parsed) out.emplace(push.name, text_of(parsed->key));
    }
    add_polled_openings(out);
    return out;
}

keys keys_on_record() {
    std::istringstream lines(read_text_file(LOCKHUB_FIXTURES "/dedupe_keys.txt"));
    keys out;
    for (std::string line; std::getline(lines, line);) {
        const auto bar = line.find(" | ");
        BOOST_REQUIRE_MESSAGE(bar != std::string::npos, line);
        out.emplace(line.substr(0, bar), line.substr(bar + 3));
    }
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dedupe_keys_test)

BOOST_AUTO_TEST_CASE(every_push_has_the_key_it_always_had) {
    const auto now = keys_of_fixtures();
    BOOST_TEST(now.size() > 50U);
    for (const auto& [name, key] : keys_on_record()) {
        BOOST_TEST_CONTEXT(name) {
            BOOST_TEST((now.contains(name) && now.at(name) == key));
        }
    }
    BOOST_TEST(now.size() == keys_on_record().size(), "a new fixture gets its line at the end of dedupe_keys.txt");
}

BOOST_AUTO_TEST_SUITE_END()
