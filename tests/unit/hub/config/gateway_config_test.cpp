// The sections [lockapi], [[gateway]] and [[gateway.reader]].
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "hub/config/config.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view one_gateway = R"([[pms]]
id = "demopms"
key = "k"
[[gateway]]
account = "gw-1"
base_url = "http://127.0.0.1:19952/"
appid = "id"
appsecret = "made-up-secret"
pms = "demopms"
hotel_no = "H10086"
[[gateway.reader]]
id = "d0000001"
nickname = "前台"
[[gateway.reader]]
id = "d0000002"
)";

std::string problems_of(std::string_view text) {
    const auto parsed = hub::parse_config(text, "lockhub.toml");
    std::string out;
    if (!parsed)
        for (const auto& problem : parsed.error()) out += problem.text() + "\n";
    return out;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
    std::string out(text);
    const auto at = out.find(what);
    BOOST_REQUIRE(at != std::string::npos);
    return out.replace(at, what.size(), by);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gateway_config_test)

BOOST_AUTO_TEST_CASE(a_gateway_is_read_with_its_card_readers) {
    const auto parsed = hub::parse_config(one_gateway, "lockhub.toml");
    BOOST_REQUIRE(parsed.has_value());
    BOOST_REQUIRE(parsed->gateway.size() == 1);
    const auto& gateway = parsed->gateway[0];
    BOOST_TEST(gateway.account.account.value == "gw-1");
    BOOST_TEST(gateway.account.base_url == "http://127.0.0.1:19952");
    BOOST_TEST((gateway.account.appsecret == secret("made-up-secret")));
    BOOST_TEST((gateway.account.body == lockhub::gateway::body_format::form));
    BOOST_TEST(gateway.private_addresses, "base_url names a loopback address itself");
    BOOST_TEST(gateway.pms == "demopms");
    BOOST_TEST(gateway.hotel_no == "H10086");
    BOOST_TEST(gateway.location == "lockhub.toml:4");
    BOOST_REQUIRE(gateway.readers.size() == 2);
    BOOST_TEST(gateway.readers[0].id == "d0000001");
    BOOST_TEST(gateway.readers[0].nickname == "前台");
    BOOST_TEST(gateway.readers[1].nickname == "");
}

BOOST_AUTO_TEST_CASE(its_secret_may_stand_in_a_file_and_its_body_may_be_json) {
    const test::temporary_folder folder;
    const auto file = folder.write("gw.secret", "from-a-file\n");
    const auto text = replaced(one_gateway, "appsecret = \"made-up-secret\"",
                               "body = \"json\"\nappsecret_file = \"" + file.string() + "\"");
    const auto parsed = hub::parse_config(text, "lockhub.toml");
    BOOST_REQUIRE(parsed.has_value());
    BOOST_TEST((parsed->gateway[0].account.appsecret == secret("from-a-file")));
    BOOST_TEST((parsed->gateway[0].account.body == lockhub::gateway::body_format::json));
}

BOOST_AUTO_TEST_CASE(the_lockapi_section_has_defaults_and_bounds) {
    const auto plain = hub::parse_config("", "lockhub.toml");
    BOOST_REQUIRE(plain.has_value());
    BOOST_TEST((plain->lockapi.state_refresh_age == 10min));
    BOOST_TEST((plain->lockapi.log_refresh_age == 1min));
    BOOST_TEST(!plain->lockapi.show_pins_in_log);
    const auto set =
        hub::parse_config("[lockapi]\nstate_refresh_age = \"0\"\nlog_refresh_age = \"5m\"\nshow_pins_in_log = true\n",
                          "lockhub.toml", {{"LOCKHUB_LOCKAPI_LOG_REFRESH_AGE", "7s"}});
    BOOST_REQUIRE(set.has_value());
    BOOST_TEST((set->lockapi.state_refresh_age == 0s));
    BOOST_TEST((set->lockapi.log_refresh_age == 7s));
    BOOST_TEST(set->lockapi.show_pins_in_log);
}

BOOST_AUTO_TEST_CASE(the_reconcile_section_has_defaults_and_bounds) {
    const auto plain = hub::parse_config("", "lockhub.toml");
    BOOST_REQUIRE(plain.has_value());
    BOOST_TEST((plain->reconcile.every == 30min));
    BOOST_TEST(plain->reconcile.repair);
    const auto set = hub::parse_config("[reconcile]\nevery = \"0\"\nrepair = true\n", "lockhub.toml",
                                       {{"LOCKHUB_RECONCILE_REPAIR", "false"}});
    BOOST_REQUIRE(set.has_value());
    BOOST_TEST((set->reconcile.every == 0s));
    BOOST_TEST(!set->reconcile.repair);
}

BOOST_AUTO_TEST_CASE(each_mistake_is_named_with_its_line) {
    const struct {
        std::string text, problem;
    } cases[] = {
        {"[lockapi]\nstate_refresh = \"1m\"", "lockhub.toml:2: unknown key 'state_refresh', did you mean"},
        {"[reconcile]\nevery = \"10s\"", "lockhub.toml:2: 'every' must be \"1m\" at least"},
        {"[reconcile]\nrepairs = true", "lockhub.toml:2: unknown key 'repairs', did you mean 'repair'?"},
        {"[lockapi]\nstate_refresh_age = \"9d\"", "lockhub.toml:2: 'state_refresh_age' must be"},
        {replaced(one_gateway, "account = \"gw-1\"\n", ""), "lockhub.toml:4: [[gateway]] needs 'account'"},
        {replaced(one_gateway, "http://127.0.0.1:19952/", "127.0.0.1:19952"), "lockhub.toml:6: 'base_url' "},
        {replaced(one_gateway, "http://127.0.0.1:19952/", "http://127.0.0.1:19952/?a=b"),
         "lockhub.toml:6: 'base_url' must not have a '?' part"},
        {replaced(one_gateway, "appid = \"id\"", "app_id = \"id\"\nappid = \"id\""),
         "lockhub.toml:7: unknown key 'app_id', did you mean 'appid'?"},
        {replaced(one_gateway, "appsecret = \"made-up-secret\"\n", ""),
         "lockhub.toml:4: [[gateway]] needs 'appsecret' or 'appsecret_file'"},
        {replaced(one_gateway, "appid = \"id\"", "appid = \"id\"\nbody = \"jsn\""),
         "lockhub.toml:8: 'body' must be one of form, json, did you mean 'json'?"},
        {replaced(one_gateway, "pms = \"demopms\"", "pms = \"demopm\""),
         "lockhub.toml:9: 'demopm' in 'pms' is the id of no [[pms]] section"},
        {replaced(one_gateway, "hotel_no = \"H10086\"\n", ""), "lockhub.toml:9: 'pms' and 'hotel_no' go together"},
        {replaced(one_gateway, "pms = \"demopms\"\nhotel_no = \"H10086\"\n", ""),
         "lockhub.toml:4: [[gateway]] with card readers needs 'pms' and 'hotel_no'"},
        {replaced(one_gateway, "id = \"d0000002\"", "id = \"d0000001\""),
         "lockhub.toml:14: card reader 'd0000001' stands at lockhub.toml:11 already"},
        {replaced(one_gateway, "id = \"d0000002\"", "nickname = \"x\""),
         "lockhub.toml:14: [[gateway.reader]] needs 'id'"},
        {replaced(one_gateway, "id = \"d0000002\"", "id = \"x\"\nnicknam = \"x\""),
         "lockhub.toml:16: unknown key 'nicknam', did you mean 'nickname'?"},
        {"[[gateway]]\naccount = \"a\"\nbase_url = \"http://127.0.0.1:1\"\nappid = \"i\"\nappsecret = \"s\"\nreader = "
         "3",
         "lockhub.toml:6: 'reader' must be a list of sections, with two brackets each"},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(one.text) {
            const auto problems = problems_of(one.text);
            BOOST_TEST(problems.find(one.problem) != std::string::npos, "got: " << problems);
            BOOST_TEST(std::ranges::count(problems, '\n') == 1, "one mistake, one problem; got: " << problems);
        }
    }
}

BOOST_AUTO_TEST_CASE(accounts_of_all_lock_clouds_share_their_names_and_a_hotel_its_readers) {
    const auto gateway = one_gateway.substr(one_gateway.find("[[gateway]]"));
    const auto twice = std::string(one_gateway) + replaced(gateway, "gw-1", "gw-2");
    BOOST_TEST(problems_of(twice).find("card reader 'd0000001' of hotel H10086 belongs to the account at "
                                       "lockhub.toml:4 already") != std::string::npos,
               problems_of(twice));
    const auto same_name = std::string(one_gateway) + "[[gateway]]\naccount = \"gw-1\"\n" +
                           "base_url = \"http://127.0.0.1:1\"\nappid = \"i\"\nappsecret = \"s\"\n";
    BOOST_TEST(problems_of(same_name) == "lockhub.toml:17: account 'gw-1' stands at lockhub.toml:4 already\n");
}

BOOST_AUTO_TEST_CASE(no_problem_repeats_a_secret) {
    const auto text = replaced(one_gateway, "appid = \"id\"", "appid = \"id\"\nappsecret_file = \"f\"");
    BOOST_TEST(problems_of(text).find("made-up-secret") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
