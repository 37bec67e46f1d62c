// The section [[yeeuu]].
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "hub/clouds.hpp"
#include "hub/config/config.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace lockhub;

namespace {

constexpr std::string_view one_account = R"([[yeeuu]]
account = "yy-main"
base_url = "http://127.0.0.1:9103/"
partner_id = "p1"
secret = "madeUp8x"
guest_mobile = "13000000001"
manage_mobile = "+8613000000002"
)";

std::string replaced(std::string_view text, std::string_view part, std::string_view by) {
    std::string out(text);
    const auto at = out.find(part);
    BOOST_REQUIRE(at != std::string::npos);
    return out.replace(at, part.size(), by);
}

std::string problems(const std::string& text) {
    const auto parsed = hub::parse_config(text, "lockhub.toml");
    if (parsed) return "";
    std::string out;
    for (const auto& problem : parsed.error()) out += problem.text() + "\n";
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yeeuu_config_test)

BOOST_AUTO_TEST_CASE(an_account_is_read_and_becomes_a_lock_cloud) {
    const auto parsed = hub::parse_config(one_account, "lockhub.toml");
    BOOST_REQUIRE(parsed);
    BOOST_REQUIRE_EQUAL(parsed->yeeuu.size(), 1U);
    const auto& one = parsed->yeeuu[0];
    BOOST_TEST(one.account.base_url == "http://127.0.0.1:9103");
    BOOST_TEST(one.private_addresses, "base_url names a loopback address itself");
    BOOST_TEST((one.account.key == secret("madeUp8x")));
    BOOST_TEST(one.account.guest_mobile == "13000000001");
    BOOST_TEST(one.account.operator_mobile == "");
    const auto clouds = hub::make_clouds(*parsed);
    const auto made =
        std::ranges::find(clouds, account_id("yy-main"), [](const auto& cloud) { return cloud.codec->account(); });
    BOOST_REQUIRE(made != clouds.end());
    BOOST_TEST(made->codec->vendor() == "yeeuu");
    BOOST_TEST(made->private_addresses);
}

BOOST_AUTO_TEST_CASE(without_a_base_url_it_is_the_public_one) {
    const auto parsed = hub::parse_config(replaced(one_account, "base_url = \"http://127.0.0.1:9103/\"\n", ""), "x");
    BOOST_REQUIRE(parsed);
    BOOST_TEST(parsed->yeeuu[0].account.base_url == "https://alms.yeeuu.com");
    BOOST_TEST(!parsed->yeeuu[0].private_addresses);
}

BOOST_AUTO_TEST_CASE(the_secret_may_come_from_a_file) {
    const test::temporary_folder folder;
    const auto file = folder.write("yy.secret", "from-a-file\n");
    const auto parsed = hub::parse_config(
        replaced(one_account, "secret = \"madeUp8x\"", "secret_file = \"" + file.string() + "\""), "lockhub.toml");
    BOOST_REQUIRE(parsed);
    BOOST_TEST((parsed->yeeuu[0].account.key == secret("from-a-file")));
}

BOOST_AUTO_TEST_CASE(each_mistake_is_named_with_its_line) {
    const std::pair<std::string, std::string> cases[] = {
        {replaced(one_account, "account = \"yy-main\"\n", ""), "lockhub.toml:1: [[yeeuu]] needs 'account'"},
        {replaced(one_account, "partner_id = \"p1\"\n", ""), "lockhub.toml:1: [[yeeuu]] needs 'partner_id'"},
        {replaced(one_account, "secret = \"madeUp8x\"\n", ""),
         "lockhub.toml:1: [[yeeuu]] needs 'secret' or 'secret_file'"},
        {replaced(one_account, "guest_mobile = \"13000000001\"\n", ""),
         "lockhub.toml:1: [[yeeuu]] needs 'guest_mobile'"},
        {replaced(one_account, "13000000001", "reception"), "lockhub.toml:6: 'guest_mobile' must be a mobile number"},
        {replaced(one_account, "+8613000000002", "13000000001"),
         "lockhub.toml:7: 'manage_mobile' must differ from 'guest_mobile'"},
        {replaced(one_account, "9103/", "9103/?a=b"), "lockhub.toml:3: 'base_url' must not have a '?' part"},
        {replaced(one_account, "partner_id", "parner_id"), "unknown key 'parner_id', did you mean 'partner_id'?"},
        {std::string(one_account) + "[[gateway]]\naccount = \"yy-main\"\n",
         "account 'yy-main' stands at lockhub.toml:8 already"},
    };
    for (const auto& [text, expected] : cases) {
        const auto found = problems(text);
        BOOST_CHECK_MESSAGE(found.find(expected) != std::string::npos, expected << " is missing in:\n" << found);
        BOOST_CHECK(found.find("madeUp8x") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(how_often_logs_are_polled_is_a_duration_of_five_seconds_at_least_or_never) {
    BOOST_CHECK(hub::parse_config(one_account, "lockhub.toml")->yeeuu[0].log_poll_every == std::chrono::minutes(1));
    const auto with = [](std::string_view value) {
        return std::string(one_account) + "log_poll_every = " + std::string(value);
    };
    const auto never = hub::parse_config(with("\"0\""), "lockhub.toml");
    BOOST_REQUIRE(never);
    BOOST_CHECK(never->yeeuu[0].log_poll_every == duration::zero());
    BOOST_CHECK(hub::make_clouds(*never)[0].log_poll_every == duration::zero());
    BOOST_TEST(problems(with("\"4s\"")) ==
               "lockhub.toml:8: 'log_poll_every' must be \"5s\" at least, or \"0\" for never\n");
    BOOST_TEST(problems(with("60")) != "");
}

BOOST_AUTO_TEST_SUITE_END()
