// lockhub vendor call against a running hub and the simulated lock clouds.
#include <boost/test/unit_test.hpp>

#include "tests/e2e/installation.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr int ok = 0, failed = 1, bad_usage = 2;

bool says(const simulators::finished_process& done, std::string_view text) {
    return done.output.find(text) != std::string::npos;
}

struct called : installation {
    called() : installation({.cards = true}) {}

    simulators::finished_process call(const std::string& method, std::vector<std::string> fields,
                                      const std::string& account = "dd-main") const {
        std::vector<std::string> all{"vendor", "call", account, method};
        all.insert(all.end(), fields.begin(), fields.end());
        return cli(std::move(all));
    }
    std::string records() const {
        return sql_value(database(), "SELECT COUNT(*) FROM audit WHERE verb = 'vendor_call'");
    }
    std::string lock() const { return "uuid=" + uuid(0); }
    // Of its one password; "" when there is none.
    void wait_for_lock(std::string_view member, std::string_view becomes) const {
        eventually("the lock did it", [&] {
            const auto state = cloud_state();
            const auto& passwords = state.find("locks")->items().at(0).find("passwords")->items();
            return (passwords.empty() ? "" : passwords.front().text_of(member)) == becomes;
        });
    }
};

wire::json_value json_of(const simulators::finished_process& done) {
    auto body = wire::json_value::parse(done.output);
    BOOST_REQUIRE_MESSAGE(body.has_value(), done.output);
    return std::move(*body);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(vendor_call_test, called)

BOOST_AUTO_TEST_CASE(a_password_is_added_looked_at_frozen_and_deleted_by_hand) {
    const auto added =
        call("add_password", {lock(), "is_default=0", "password=482913", "name=by hand",
                              "permission_begin=2026-11-22 12:00:00", "permission_end=2036-11-22 12:00:00", "--yes"});
    BOOST_TEST(added.exit_code == ok, added.output);
    const auto id = json_of(added).text_of("id");
    BOOST_TEST(!id.empty());
    wait_for_lock("on_lock", "true");

    const auto listed = call("fetch_passwords", {lock()});
    BOOST_TEST(listed.exit_code == ok, listed.output);
    BOOST_TEST(json_of(listed).find("passwords")->find(id)->text_of("name") == "by hand");
    BOOST_TEST(!says(listed, "482913"), listed.output);

    const auto change = [&](const std::string& method, std::string_view member, std::string_view becomes) {
        const auto done = call(method, {lock(), "password_id=" + id, "--yes"});
        BOOST_TEST(done.exit_code == ok, done.output);
        wait_for_lock(member, becomes);
    };
    change("frozen_password", "frozen", "true");
    change("unfrozen_password", "frozen", "false");
    change("delete_password", "on_lock", "");
    BOOST_TEST(records() == "9");  // two for each change, one for what was read
    BOOST_TEST(sql_value(database(),
                         "SELECT COUNT(*) FROM audit WHERE subject LIKE '%482913%' OR reason LIKE "
                         "'%482913%'") == "0");
}

BOOST_AUTO_TEST_CASE(a_change_without_yes_shows_the_request_and_sends_nothing) {
    const auto shown = call("add_password", {lock(), "is_default=0", "password=482913"});
    BOOST_TEST(shown.exit_code == bad_usage);
    BOOST_TEST(says(shown, "repeat with --yes"), shown.output);
    BOOST_TEST(says(shown, "curl -X POST '" + cloud()), shown.output);
    BOOST_TEST(says(shown, "\"password\": \"******\""), shown.output);
    BOOST_TEST(!says(shown, "482913"), shown.output);
    const auto dry = call("get_lock_info", {lock(), "--dry-run"});
    BOOST_TEST(dry.exit_code == ok, dry.output);
    BOOST_TEST(says(dry, "get_lock_info?access_token=******&" + lock()), dry.output);
    BOOST_TEST(cloud_state().find("calls")->integer_of("add_password").value_or(0) == 0);
    BOOST_TEST(records() == "0");
}

BOOST_AUTO_TEST_CASE(what_a_lock_cloud_shows_in_plain_is_masked) {
    const auto dynamic = call("get_dynamic_password_plaintext", {lock()});
    BOOST_TEST(dynamic.exit_code == ok, dynamic.output);
    BOOST_TEST(json_of(dynamic).text_of("password") == "******");
    const auto token = call("access_token", {});
    BOOST_TEST(token.exit_code == ok, token.output);
    BOOST_TEST(json_of(token).text_of("access_token") == "******");
}

BOOST_AUTO_TEST_CASE(a_refusal_is_explained_in_both_languages) {
    const auto refused = call("delete_password", {lock(), "password_id=4711", "--yes"});
    BOOST_TEST(refused.exit_code == failed, refused.output);
    BOOST_TEST(says(refused, "refused, code"), refused.output);
    BOOST_TEST(says(refused, "Check that the lock cloud knows"), refused.output);
    BOOST_TEST(says(refused, "请确认门锁平台上"), refused.output);
}

BOOST_AUTO_TEST_CASE(the_gateway_is_called_by_form_and_its_computed_password_never_shows) {
    const auto rooms = call("GetRoomList", {}, "gw-main");
    BOOST_TEST(rooms.exit_code == ok, rooms.output);
    const auto room = "rm_id=" + json_of(rooms).find("data")->items().at(0).text_of("rm_id");
    const auto dry = call("GatewayOpen", {room, "--dry-run"}, "gw-main");
    BOOST_TEST(says(dry, "--data-urlencode 'appsecret=******' --data-urlencode '" + room + "'"), dry.output);
    const auto made = call("MakeOffline", {room, "unValid=2036-11-22 12:00:00"}, "gw-main");
    BOOST_TEST(made.exit_code == ok, made.output);
    BOOST_TEST(json_of(made).find("data")->text_of("muid") == "******");
    const auto sent =
        call("GatewayUploadOnline", {room, "m1=49", "pwd=482913", "unValid=2036-11-22 12:00:00", "--yes"}, "gw-main");
    BOOST_TEST(sent.exit_code == ok, sent.output);
    BOOST_TEST(!says(sent, "482913"), sent.output);
}

BOOST_AUTO_TEST_CASE(methods_are_listed_and_mistakes_named) {
    const auto all = cli({"vendor", "methods"});
    BOOST_TEST(all.exit_code == ok);
    for (const auto* name : {"count_lock_events", "GatewayUploadFinger", "synchronize_apartments"})
        BOOST_TEST(says(all, name), name);
    BOOST_TEST(says(cli({"vendor", "methods", "dd-main", "add_password"}), "permission_end"));
    const auto wrong = call("add_pasword", {lock()});
    BOOST_TEST(wrong.exit_code == failed);
    BOOST_TEST(says(wrong, "did you mean 'add_password'?"), wrong.output);
    const auto field = call("get_lock_info", {"uid=x"});
    BOOST_TEST(says(field, "no parameter 'uid', did you mean 'uuid'?"), field.output);
    BOOST_TEST(records() == "0");
}

BOOST_AUTO_TEST_SUITE_END()
