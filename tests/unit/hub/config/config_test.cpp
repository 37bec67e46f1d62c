#include "hub/config/config.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "hub/config/event_patterns.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace lockhub;
using namespace std::chrono_literals;
using lockhub::test::temporary_folder;

namespace {

constexpr std::string_view smallest = R"(
[server]
listen = "127.0.0.1:8080"
[storage]
path = "var/lockhub.db"
[[dingding]]
account = "dd-main"
event_url = "https://hub.example.com/in/dd/k7Qm2/event"
result_url = "https://hub.example.com/in/dd/k7Qm2/result"
sign = "required"
base_url = "http://127.0.0.1:9101/openapi/v1"
client_id = "demo"
client_secret = "demo-secret"
[[pms]]
id = "demopms"
key = "made-up-sign-key"
password_url = "http://127.0.0.1:9201/callback/password"
event_url = "http://127.0.0.1:9201/callback/event"
private_addresses = true
)";

hub::config good(std::string_view text, const hub::environment& variables = {}) {
    auto parsed = hub::parse_config(text, "lockhub.toml", variables);
    if (!parsed) {
        for (const auto& problem : parsed.error()) BOOST_ERROR(problem.text());
        throw std::runtime_error("a configuration that should be good is not");
    }
    return *std::move(parsed);
}

// All problems, a line each.
std::string problems_of(std::string_view text, const hub::environment& variables = {}) {
    const auto parsed = hub::parse_config(text, "lockhub.toml", variables);
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

BOOST_AUTO_TEST_SUITE(config_test)

BOOST_AUTO_TEST_CASE(the_smallest_configuration_loads_and_everything_else_has_its_default) {
    const auto settings = good(smallest);
    BOOST_TEST(settings.server.listen.host == "127.0.0.1");
    BOOST_TEST(settings.server.listen.port == 8080);
    BOOST_TEST(settings.storage.path == "var/lockhub.db");
    BOOST_TEST(settings.storage.seal_key_file == "var/lockhub.key");
    BOOST_TEST(settings.operators.socket == "var/lockhub.sock");
    BOOST_TEST(settings.operators.token_file == "var/operator.token");
    BOOST_TEST(settings.dispatch.retry_schedule.size() == 10);
    BOOST_REQUIRE(settings.dingding.size() == 1);
    const auto& account = settings.dingding[0];
    BOOST_TEST(account.account.account.value == "dd-main");
    BOOST_TEST(account.account.event_url == "https://hub.example.com/in/dd/k7Qm2/event");
    BOOST_TEST((account.account.sign == dingding::sign_policy::required));
    BOOST_TEST((account.account.client_secret == secret("demo-secret")));
    BOOST_TEST(account.private_addresses, "base_url names a loopback address itself");
    BOOST_TEST(account.location == "lockhub.toml:6");
    BOOST_REQUIRE(settings.pms.size() == 1);
    BOOST_TEST(settings.pms[0].enabled);
    BOOST_TEST(settings.pms[0].sign_callbacks);
    BOOST_TEST((settings.pms[0].key == secret("made-up-sign-key")));
    BOOST_TEST(settings.pms[0].events == hub::default_events(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_the_default_configuration) {
    BOOST_TEST(good("").server.listen.port == 8080);
}

BOOST_AUTO_TEST_CASE(the_embedded_default_loads_as_it_stands) {
    BOOST_TEST(!hub::default_config_text().empty());
    BOOST_TEST(good(hub::default_config_text()).storage.retention.count() == duration(24h * 180).count());
}

BOOST_AUTO_TEST_CASE(every_setting_of_the_embedded_default_is_one_the_program_knows) {
    std::istringstream lines{std::string(hub::default_config_text())};
    std::string line, uncommented;
    while (std::getline(lines, line)) {
        const bool is_setting = line.size() > 1 && line[0] == '#' && line[1] != ' ' && line[1] != '#';
        uncommented += (is_setting ? line.substr(1) : line) + "\n";
    }
    const auto settings = good(uncommented);
    BOOST_TEST(settings.dingding.size() == 1);
    BOOST_TEST(settings.pms.size() == 1);
    BOOST_REQUIRE(settings.gateway.size() == 1);
    BOOST_TEST(settings.gateway[0].readers.size() == 1);
    BOOST_TEST(settings.yeeuu.size() == 1);
}

BOOST_AUTO_TEST_CASE(each_mistake_is_named_with_its_line) {
    const struct {
        std::string_view text, problem;
    } cases[] = {
        {"[server]\nlistn = \"127.0.0.1:80\"", "lockhub.toml:2: unknown key 'listn', did you mean 'listen'?"},
        {"[servr]\n", "lockhub.toml:1: unknown section 'servr', did you mean 'server'?"},
        {"[server]\nlisten = 8080", "lockhub.toml:2: 'listen' must be a text, this is a whole number"},
        {"[server]\nlisten = \"localhost:80\"", "lockhub.toml:2: 'listen' must be an address and a port"},
        {"[server]\nlisten = \"127.0.0.1\"", "lockhub.toml:2: 'listen' must be an address and a port"},
        {"[server]\nlisten = \"::1:80\"", "lockhub.toml:2: 'listen' must be an address and a port"},
        {"[server]\nlisten = \"127.0.0.1:65536\"", "lockhub.toml:2: 'listen' must be an address and a port"},
        {"[server]\nmax_connections = 0", "lockhub.toml:2: 'max_connections' must be 1 at least"},
        {"[server]\nmax_connections = 1.5", "lockhub.toml:2: 'max_connections' must be a whole number"},
        {"[server]\ntrusted_proxies = [\"10.0.0.0/8\",\n\"10.0.0.0/33\"]",
         "lockhub.toml:3: '10.0.0.0/33' in 'trusted_proxies' is no network"},
        {"[server]\ntls_certificate = \"/dev/null\"", "lockhub.toml:2: 'tls_certificate' needs 'tls_key' beside it"},
        {"[server]\ntls_key = \"/dev/null\"", "lockhub.toml:2: 'tls_key' needs 'tls_certificate' beside it"},
        {"server = 3", "lockhub.toml:1: 'server' must be a section: write [server]"},
        {"[pms]\nid = \"a\"", "lockhub.toml:1: 'pms' must be a list of sections: write [[pms]], with two brackets"},
        {"[storage]\npath = \"var/\"", "lockhub.toml:2: 'path' must name the database file, not a folder"},
        {"[storage]\nretention = \"3 days\"", "lockhub.toml:2: 'retention' must be a duration such as"},
        {"[storage]\nretention = \"5m\"", "lockhub.toml:2: 'retention' must be \"1h\" at least"},
        {"[log]\nlevel = \"warning\"", "lockhub.toml:2: 'level' must be one of debug, info, warn, error"},
        {"[log]\nformat = \"jsn\"", "lockhub.toml:2: 'format' must be one of auto, text, json, did you mean 'json'?"},
        {"[dispatch]\ncallback_timeout = \"2m\"",
         "lockhub.toml:2: 'callback_timeout' must be 100ms at least and 50s at most"},
        {"[dispatch]\nretry_schedule = []", "lockhub.toml:2: 'retry_schedule' must have 1 to 32 steps"},
        {"[dispatch]\nretry_schedule = [\"8s\", \"soon\"]",
         "lockhub.toml:2: 'soon' in 'retry_schedule' is no duration"},
        {"[dispatch]\nresult_poll_after = \"20m\"",
         "lockhub.toml:2: 'result_expires_after' (15m) must be longer than 'result_poll_after' (20m)"},
        {"[server\n", "lockhub.toml:1: "},
        {"[server]\nlisten = \"127.0.0.1:1\"\nlisten = \"127.0.0.1:2\"", "lockhub.toml:3: "},
        {"[[pms]]\nid = \"a\"", "lockhub.toml:1: [[pms]] needs 'key' or 'key_file'"},
        {"[[pms]]\nkey = \"k\"", "lockhub.toml:1: [[pms]] needs 'id'"},
        {"[[pms]]\nid = \"a/b\"\nkey = \"k\"", "lockhub.toml:2: 'id' must be letters, digits"},
        {"[[pms]]\nid = \"a\"\nkey = \"\"", "lockhub.toml:3: 'key' is empty"},
        {"[[pms]]\nid = \"a\"\nkey = \"k\"\nenabled = \"no\"",
         "lockhub.toml:4: 'enabled' must be true or false, this is a text"},
        {"[[pms]]\nid = \"a\"\nkey = \"k\"\nkey_file = \"f\"",
         "lockhub.toml:4: 'key' and 'key_file' are both there: keep one"},
        {"[[pms]]\nid = \"a\"\nkey_file = \"/nowhere/demopms.key\"",
         "lockhub.toml:3: secret file /nowhere/demopms.key cannot be read: No such file or directory"},
        {"[[pms]]\nid = \"a\"\nkey = \"k\"\nevents = [\"lock.open\"]\nevent_url = \"http://p/e\"",
         "lockhub.toml:4: 'lock.open' in 'events' is no event, did you mean 'lock.opened'?"},
        {"[[pms]]\nid = \"a\"\nkey = \"k\"\nevents = [\"lock.*\"]", "lockhub.toml:4: 'events' needs 'event_url'"},
        {"[[pms]]\nid = \"a\"\nkey = \"k\"\n[[pms]]\nid = \"a\"\nkey = \"k\"",
         "lockhub.toml:5: pms 'a' stands at lockhub.toml:1 already"},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(one.text) {
            const auto problems = problems_of(one.text);
            BOOST_TEST(problems.find(one.problem) != std::string::npos, "got: " << problems);
            BOOST_TEST(std::ranges::count(problems, '\n') == 1, "one mistake, one problem; got: " << problems);
        }
    }
}

BOOST_AUTO_TEST_CASE(callback_urls_must_be_absolute_http_urls) {
    for (const std::string_view url : {"", "pms.example.com/cb", "/cb", "ftp://pms.example.com/cb", "http://",
                                       "http:///cb", "http://me:pw@pms.example.com/cb", "http://pms.example.com/cb#x",
                                       "http://pms.example.com:99999/", "http://pms.example.com/a b"}) {
        const auto text = "[[pms]]\nid = \"a\"\nkey = \"k\"\npassword_url = \"" + std::string(url) + "\"\n";
        BOOST_TEST(problems_of(text).starts_with("lockhub.toml:4: 'password_url' "), url << ": " << problems_of(text));
    }
}

BOOST_AUTO_TEST_CASE(all_mistakes_are_told_at_once_in_the_order_of_the_file) {
    const auto problems = problems_of(
        "[storage]\nretention = \"x\"\n[server]\nlisten = \"x\"\nport = 3\n[[dingding]]\naccount = \"a\"\n");
    std::istringstream lines(problems);
    std::vector<std::string> starts;
    for (std::string line; std::getline(lines, line);) starts.push_back(line.substr(0, line.find(' ')));
    const std::vector<std::string> expected{"lockhub.toml:2:", "lockhub.toml:4:", "lockhub.toml:5:", "lockhub.toml:6:",
                                            "lockhub.toml:6:", "lockhub.toml:6:", "lockhub.toml:6:", "lockhub.toml:6:"};
    BOOST_TEST(starts == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(two_accounts_cannot_share_a_name_or_a_push_path) {
    const auto section =
        smallest.substr(smallest.find("[[dingding]]"), smallest.find("[[pms]]") - smallest.find("[[dingding]]"));
    const auto twice = std::string(section) + std::string(section);
    const auto problems = problems_of(twice);
    BOOST_TEST(problems.find("account 'dd-main' stands at lockhub.toml:1 already") != std::string::npos, problems);
    BOOST_TEST(
        problems.find("the path of 'event_url', /in/dd/k7Qm2/event, is taken by the account at lockhub.toml:1") !=
            std::string::npos,
        problems);
    const auto one_url = replaced(section, "k7Qm2/result", "k7Qm2/event");
    BOOST_TEST(problems_of(one_url) == "", "one account may take events and results at one URL");
}

BOOST_AUTO_TEST_CASE(push_paths_must_leave_the_hubs_own_paths_alone) {
    const auto text = replaced(smallest, "hub.example.com/in/dd/k7Qm2/event", "hub.example.com/lockapi/x");
    BOOST_TEST(problems_of(text) ==
               "lockhub.toml:8: the path of 'event_url', /lockapi/x, is one the hub serves itself\n");
}

BOOST_AUTO_TEST_CASE(variables_win_over_the_file) {
    const auto settings = good(smallest, {{"LOCKHUB_SERVER_LISTEN", "[::1]:9000"},
                                          {"LOCKHUB_SERVER_MAX_CONNECTIONS", "77"},
                                          {"LOCKHUB_STORAGE_PATH", "/tmp/other/hub.db"},
                                          {"LOCKHUB_LOG_LEVEL", "debug"},
                                          {"LOCKHUB_OPERATOR_SOCKET", "/tmp/s"},
                                          {"LOCKHUB_DISPATCH_CALLBACK_TIMEOUT", "3s"},
                                          {"LOCKHUB_FIXTURES", "not ours"},
                                          {"SERVER_LISTEN", "not ours"}});
    BOOST_TEST(settings.server.listen.host == "::1");
    BOOST_TEST(settings.server.listen.port == 9000);
    BOOST_TEST(settings.server.max_connections == 77);
    BOOST_TEST(settings.storage.seal_key_file == "/tmp/other/lockhub.key");
    BOOST_TEST(settings.operators.socket == "/tmp/s");
    BOOST_TEST(settings.log.level == "debug");
    BOOST_TEST(settings.dispatch.callback_timeout.count() == duration(3s).count());
}

BOOST_AUTO_TEST_CASE(a_wrong_variable_is_named) {
    BOOST_TEST(problems_of("", {{"LOCKHUB_SERVER_LISTN", "x"}}) ==
               "LOCKHUB_SERVER_LISTN: unknown key 'listn', did you mean 'listen'?\n");
    BOOST_TEST(problems_of("", {{"LOCKHUB_SERVER_MAX_CONNECTIONS", "many"}}) ==
               "LOCKHUB_SERVER_MAX_CONNECTIONS: 'max_connections' must be a whole number\n");
    BOOST_TEST(problems_of("", {{"LOCKHUB_DISPATCH_RETRY_SCHEDULE", "8s"}}) ==
               "LOCKHUB_DISPATCH_RETRY_SCHEDULE: 'retry_schedule' is a list: it can be set in the file only\n");
}

BOOST_AUTO_TEST_CASE(secrets_come_from_files_without_their_line_end) {
    const temporary_folder folder;
    const auto file = folder.write("pms.key", "from-a-file\n");
    const auto settings = good("[[pms]]\nid = \"a\"\nkey_file = \"" + file.string() + "\"\n");
    BOOST_TEST((settings.pms[0].key == secret("from-a-file")));
    BOOST_TEST(settings.warnings.empty());
}

BOOST_AUTO_TEST_CASE(a_relative_secret_file_is_looked_for_among_the_credentials_first) {
    const temporary_folder folder;
    folder.write("pms.key", "from-the-credentials", 0444);
    const auto settings =
        good("[[pms]]\nid = \"a\"\nkey_file = \"pms.key\"\n", {{"CREDENTIALS_DIRECTORY", folder.path().string()}});
    BOOST_TEST((settings.pms[0].key == secret("from-the-credentials")));
    BOOST_TEST(settings.warnings.empty());
}

BOOST_AUTO_TEST_CASE(a_bad_secret_file_is_named_and_its_content_is_not) {
    const temporary_folder folder;
    const auto empty = folder.write("empty.key", "\n");
    const auto large = folder.write("large.key", std::string(limits::secret_file_bytes + 1, 's'));
    const auto with = [](const std::filesystem::path& file) {
        return problems_of("[[pms]]\nid = \"a\"\nkey_file = \"" + file.string() + "\"\n");
    };
    BOOST_TEST(with(empty) == "lockhub.toml:3: secret file " + empty.string() + " is empty\n");
    BOOST_TEST(with(large) == "lockhub.toml:3: secret file " + large.string() + " is larger than 4096 bytes\n");
}

BOOST_AUTO_TEST_CASE(secrets_others_may_read_are_a_warning_and_generated_ones_an_error) {
    const temporary_folder folder;
    const auto key = folder.write("pms.key", "k", 0644);
    const auto settings = good("[[pms]]\nid = \"a\"\nkey_file = \"" + key.string() + "\"\n");
    BOOST_REQUIRE(settings.warnings.size() == 1);
    BOOST_TEST(settings.warnings[0].text() ==
               "lockhub.toml:3: secret file " + key.string() + " may be read by others: chmod 600");
    const auto token = folder.write("operator.token", "t", 0640);
    BOOST_TEST(problems_of("[storage]\npath = \"" + (folder / "hub.db").string() + "\"\n") ==
               "lockhub.toml: secret file " + token.string() + " may be read by others: chmod 600 " + token.string() +
                   "\n");
}

BOOST_AUTO_TEST_CASE(no_problem_repeats_a_secret) {
    const auto text = replaced(smallest, "key = \"made-up-sign-key\"",
                               "key = \"made-up-sign-key\"\nkey_file = \"f\"\nkex = \"made-up-sign-key\"");
    BOOST_TEST(problems_of(text).find("made-up-sign-key") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_one_clear_problem) {
    const auto loaded = hub::load_config("/nowhere/lockhub.toml");
    BOOST_REQUIRE(!loaded);
    BOOST_REQUIRE(loaded.error().size() == 1);
    BOOST_TEST(loaded.error()[0].text() == "/nowhere/lockhub.toml: cannot be read: No such file or directory");
    BOOST_TEST(!hub::load_config("/tmp").has_value());
}

BOOST_AUTO_TEST_CASE(event_patterns_become_bits) {
    const auto mask = [](std::vector<std::string> patterns) { return hub::event_mask(patterns); };
    BOOST_TEST(mask({}) == 0);
    BOOST_TEST(mask({"lock.opened"}) == 1u << static_cast<unsigned>(event_kind::opened));
    BOOST_TEST(mask({"gateway.*"}) == ((1u << static_cast<unsigned>(event_kind::gateway_offline)) |
                                       (1u << static_cast<unsigned>(event_kind::gateway_online))));
    BOOST_TEST(mask({"*"}) == (1u << event_kind_count) - 1);
    BOOST_TEST((mask(hub::default_events()) & (1u << static_cast<unsigned>(event_kind::other))) == 0u);
    BOOST_TEST(!hub::is_event_pattern("loc*"));
}

BOOST_AUTO_TEST_CASE(mistakes_about_the_directory_of_a_pms_are_named) {
    const std::string_view cases[][2] = {
        {"[[pms]]\nid = \"a\"\nkey = \"k\"\nhotels_url = \"http://p/h\"\nrooms_url = \"http://p/r\"",
         "lockhub.toml:4: 'hotels_url', 'room_types_url' and 'rooms_url' go together: all three or none"},
        {"[[pms]]\nid = \"a\"\nkey = \"k\"\ndirectory_sync_every = \"6h\"",
         "lockhub.toml:4: 'directory_sync_every' needs 'hotels_url'"},
        {"[[pms]]\nid = \"a\"\nkey = \"k\"\ndirectory_sync_every = \"1s\"",
         "lockhub.toml:4: 'directory_sync_every' must be \"10s\" at least"},
    };
    for (const auto& [text, problem] : cases) BOOST_TEST(problems_of(text).starts_with(problem), problems_of(text));
}

BOOST_AUTO_TEST_CASE(a_pms_tells_its_directory_at_three_urls_and_every_so_often) {
    const auto settings =
        good(std::string(smallest) +
             "hotels_url = \"http://127.0.0.1:9201/h\"\nroom_types_url = \"http://127.0.0.1:9201/t\"\n"
             "rooms_url = \"http://127.0.0.1:9201/r\"\ndirectory_sync_every = \"6h\"\n");
    BOOST_TEST(settings.pms.at(0).hotels_url == "http://127.0.0.1:9201/h");
    BOOST_TEST(settings.pms.at(0).room_types_url == "http://127.0.0.1:9201/t");
    BOOST_TEST(settings.pms.at(0).rooms_url == "http://127.0.0.1:9201/r");
    BOOST_TEST((settings.pms.at(0).directory_sync_every == 6h));
    BOOST_TEST((good(smallest).pms.at(0).directory_sync_every == 0h));
}

BOOST_AUTO_TEST_SUITE_END()
