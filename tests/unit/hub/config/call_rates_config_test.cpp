// How much a lock cloud's account is asked at a time: the same keys in each kind of section.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "hub/clouds.hpp"
#include "hub/config/config.hpp"
#include "hub/policies.hpp"

using namespace lockhub;

namespace {

constexpr std::string_view accounts[] = {R"([[dingding]]
account = "a"
event_url = "https://hub.example.com/in/dd/k7Qm2/event"
result_url = "https://hub.example.com/in/dd/k7Qm2/result"
base_url = "https://dd.example.com"
client_id = "id"
client_secret = "s"
)",
                                         R"([[yeeuu]]
account = "a"
partner_id = "p1"
secret = "madeUp8x"
guest_mobile = "13000000001"
manage_mobile = "13000000002"
)",
                                         R"([[gateway]]
account = "a"
base_url = "http://127.0.0.1:19952"
appid = "made-up"
appsecret = "made-up-secret"
)"};

std::string problems(const std::string& text) {
    const auto parsed = hub::parse_config(text, "lockhub.toml");
    if (parsed) return "";
    std::string out;
    for (const auto& problem : parsed.error()) out += problem.text() + "\n";
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(call_rates_config_test)

BOOST_AUTO_TEST_CASE(without_a_word_a_gateway_takes_one_call_at_once_and_the_others_eight_of_a_kind) {
    for (const auto account : accounts) {
        const auto parsed = hub::parse_config(account, "lockhub.toml");
        BOOST_REQUIRE(parsed);
        const auto rates = hub::make_clouds(*parsed)[0].rates;
        BOOST_TEST(rates.calls_at_once == (account.starts_with("[[gateway]]") ? 1u : 0u));
        BOOST_TEST(rates.calls_per_second == 0u);
        BOOST_TEST(rates.calls_per_gateway == 1u);
    }
}

BOOST_AUTO_TEST_CASE(each_account_says_how_much_it_takes) {
    for (const auto account : accounts) {
        const auto parsed = hub::parse_config(
            std::string(account) + "calls_at_once = 3\ncalls_per_second = 20\ncalls_per_gateway = 2\n", "lockhub.toml");
        BOOST_REQUIRE(parsed);
        const auto clouds = hub::make_clouds(*parsed);
        BOOST_TEST(clouds[0].rates.calls_at_once == 3u);
        BOOST_TEST(clouds[0].rates.calls_per_second == 20u);
        BOOST_TEST(hub::storage_accounts(clouds)[0].calls_per_gateway == 2u);
    }
}

BOOST_AUTO_TEST_CASE(what_is_out_of_bounds_is_named_with_file_and_line) {
    for (const auto account : accounts) {
        const auto line = std::to_string(std::ranges::count(account, '\n') + 1);
        const auto with = [&](const std::string& key) { return problems(std::string(account) + key); };
        BOOST_TEST(with("calls_at_once = 0") ==
                   "lockhub.toml:" + line + ": 'calls_at_once' must be 1 at least and 64 at most\n");
        BOOST_TEST(with("calls_per_second = 1001") ==
                   "lockhub.toml:" + line + ": 'calls_per_second' must be 0 at least and 1000 at most\n");
        BOOST_TEST(with("calls_per_gateway = 0") ==
                   "lockhub.toml:" + line + ": 'calls_per_gateway' must be 1 at least and 64 at most\n");
        BOOST_TEST(with("calls_per_second = \"10\"") != "");
    }
}

BOOST_AUTO_TEST_SUITE_END()
