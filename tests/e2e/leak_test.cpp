// Door PINs, faces, fingerprints and secrets stand nowhere in clear: a stay with every kind of failure, then a search
// of what the hub leaves behind and shows, and of what a crash leaves.
#include <sys/resource.h>

#include <boost/test/unit_test.hpp>

#include <filesystem>

#include "schemas/wire/digest.hpp"
#include "tests/e2e/lockapi_calls.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/fixtures.hpp"
#include "tests/support/plain_forms.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

using secrets = std::vector<std::pair<std::string, std::string>>;  // what it is, and its text

// Numbers of guests stand in the database, where they name who has access, and nowhere an operator or a monitor looks.
constexpr const char* mobile = "13911112222";
constexpr const char* yeeuu_section = R"([[yeeuu]]
account = "yy-main"
base_url = "{yeeuu}"
partner_id = "000000000000000000000001"
secret = "demo-secret"
guest_mobile = "13000000001"
manage_mobile = "13000000002"
)";

constexpr const char* form_type = "application/x-www-form-urlencoded";

// Cores are allowed for the children of this test, so that their absence means something.
const bool cores_allowed = [] {
    rlimit limit{};
    ::getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_cur = limit.rlim_max;
    return ::setrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_max != 0;
}();

class eventful_stay {
  public:
    eventful_stay()
        : at_({.rooms = 5,
               .cards = true,
               .log = "level = \"debug\"\nformat = \"json\"\n",
               .pms_extra = yeeuu_section,
               .sim_arguments = {"--door", "x0001=B01"}}) {
        planted_ = {{"the PMS's key", "made-up-sign-key"},
                    {"the client secret", "demo-secret"},
                    {"the gateway's secret", "dfd5489d0cee31f0bdfaf59d0d42d71f"},
                    {"the operator token", read_text_file(at_.folder() / "operator.token")},
                    {"the seal key", read_text_file(at_.folder() / "lockhub.key")}};
        for (auto& [what, text] : planted_) text = text.substr(0, text.find('\n'));
    }

    void happen() {
        check_in("a guest's PIN", "enableGuestPwd", 0, "738291");
        check_in("a manage PIN", "enableManagePwd", 0, "691847");
        check_in("a PIN that replaces one", "enableGuestPwd", 0, "592713");
        fail_at_the_lock();
        refuse_callbacks();
        type_at_the_lock();
        go_off_line();
        stay_at_the_gateway();
        give_access();
        send_rubbish();
        call_with(at_, "queryGuestPwd", {{"roomId", at_.room_id(0)}});
        call_with(at_, "disableGuestPwd", {{"roomId", at_.room_id(0)}});
        eventually("no action waits", [&] {
            return sql_value(at_.database(), "SELECT COUNT(*) FROM actions WHERE state = 'open'") == "0";
        });
    }

    const installation& at() const { return at_; }
    installation& at() { return at_; }
    const secrets& planted() const { return planted_; }

  private:
    void plant(const std::string& what, const std::string& pin) { planted_.emplace_back(what, pin); }

    void check_in(const std::string& what, const std::string& method, std::size_t room, const std::string& pin) {
        plant(what, pin);
        const auto answer = call_with(at_, method, {{"roomId", at_.room_id(room)}, {"pwd", pin}});
        at_.final_codes(answer.find("data")->text_of("actionId"));
    }

    void fail_at_the_lock() {
        at_.cloud_does("knobs", R"({"fail_operation":"1x1"})");
        check_in("a PIN the lock failed on", "enableGuestPwd", 1, "864209");
        at_.cloud_does("knobs", R"({"error":"1x1","error_code":14001,"only_verb":"add_password"})");
        check_in("a PIN the cloud refused", "enableGuestPwd", 1, "975318");
        at_.cloud_does("knobs", R"({"lose_reply":"1x1","only_verb":"add_password"})");
        check_in("a PIN whose reply was lost", "enableGuestPwd", 1, "486173");
    }

    void refuse_callbacks() {
        at_.pms_does("knobs", R"({"refuse":"1x1","html":"1x1"})");
        check_in("a PIN whose callback was refused", "enableGuestPwd", 1, "359162");
    }

    void type_at_the_lock() {
        plant("a PIN typed at the lock", "827364");
        plant("a PIN as the lock obscures it", "b64-opaque-7Qw3Zr==");
        for (const auto& [what, text] : {planted_[planted_.size() - 2], planted_.back()}) {
            at_.cloud_does("event", R"({"event":"pwdAddLocal","uuid":")" + at_.uuid(0) +
                                        R"(","detail":"{\"password\":{\"id\":2,\"password\":\")" + text + R"(\"}}"})");
        }
        eventually("both are told", [&] { return at_.event_callbacks("password.added_locally").size() >= 2; });
    }

    void go_off_line() {
        at_.cloud_does("online", R"({"uuid":")" + at_.uuid(2) + R"(","online":false})");
        eventually("the hub knows", [&] { return !at_.event_callbacks("lock.offline").empty(); });
        plant("a PIN asked for off line", "618253");
        const auto answer = call_with(at_, "enableGuestPwd", {{"roomId", at_.room_id(2)}, {"pwd", "618253"}});
        plant("a computed PIN", answer.find("data")->text_of("pwd"));
        const auto drawn = call_with(at_, "enableGuestPwd", {{"roomId", at_.room_id(3)}});
        plant("a PIN the hub drew", drawn.find("data")->text_of("pwd"));
    }

    void stay_at_the_gateway() {
        at_.import_rooms("demopms,H10086,示范酒店,STD,标准间,rm304,304,3,gw-main," + at_.rm_id(4) + ",,\n");
        const text_fields room{{"roomId", "rm304"}, {"endTime", "2036-01-02 12:00:00"}};
        check_in("a PIN at the gateway", "enableGuestPwd", 4, "417936");
        give("a face", "enableFace", "face", "/9j/4AAQSkZJRgABmade7up7face0001");
        give("a fingerprint", "enableFingerprint", "fingerprint", "4f4e0102a7b8c9d0e1f2");
        at_.gateway_does("knobs", R"({"error":"1x1"})");
        give("a face the gateway refused", "enableFace", "face", "/9j/4AAQSkZJRgABmade7up7face0002");
        at_.gateway_does("knobs", R"({"lose_reply":"1x1"})");
        give("a fingerprint whose reply was lost", "enableFingerprint", "fingerprint", "4f4e0102b7c8d9e0f1a2");
        at_.gateway_does("online", R"({"rm_id":")" + at_.rm_id(4) + R"(","online":false})");
        check_in("a PIN the gateway refused", "enableManagePwd", 4, "285193");
        const auto computed = call_with(at_, "enableManagePwd", room);
        plant("a PIN the gateway computed", computed.find("data")->text_of("pwd"));
        at_.lay_card();
        const auto card = call_with(at_, "addRoomCard", with(room, "readCardId", "d0000000"));
        at_.final_codes(card.text_of("data"));
    }

    void give(const std::string& what, const std::string& method, const std::string& name, const std::string& value) {
        plant(what, value);
        const auto answer =
            call_with(at_, method,
                      {{"roomId", "rm304"}, {"guestId", "guest-7"}, {name, value}, {"endTime", "2036-01-02 12:00:00"}});
        at_.final_codes(answer.find("data")->text_of("actionId"));
    }

    void give_access() {
        at_.import_rooms("demopms,H10086,示范酒店,STD,标准间,rm400,400,4,yy-main,x0001,B01,\n");
        const text_fields access{{"roomId", "rm400"}, {"mobile", mobile}, {"endTime", "2036-01-02 12:00:00"}};
        at_.yeeuu_does("knobs", R"({"error":"1x1","only_method":"auth"})");
        for (const char* number : {"1", "2"}) {
            const auto answer = call_with(at_, "grantAccess", with(access, "number", number));
            at_.final_codes(answer.find("data")->text_of("actionId"));
        }
        at_.yeeuu_does("knobs", R"({"error":"1x1","only_method":"delete_auth"})");
        for (const char* number : {"1", "2"}) call_with(at_, "revokeAccess", with(access, "number", number));
        call_with(at_, "revokeAccess", with(access, "mobile", std::string(mobile) + "x"));
    }

    // Requests and pushes that cannot be read are reported; what they hold is not.
    void send_rubbish() {
        plant("a PIN in a forged call", "274951");
        plant("a PIN in a broken call", "531648");
        plant("a PIN in a broken push", "947286");
        const text_fields forged = with(all_fields(at_, quhuhu::method::enable_guest_pwd), "pwd", "274951");
        call(at_, "enableGuestPwd", signed_form(forged, "another key"));
        http_post(at_.hub(), "/lockapi/demopms/lock/enableGuestPwd.do", R"({"pwd":"531648",)", form_type);
        http_post(at_.hub(), "/lockapi/demopms/lock/enableGuestPwd.do", "pwd=531648&pwd=531648x", form_type);
        http_post(at_.hub(), "/in/dd/k7Qm2/event", R"({"event":"pwdAddLocal","detail":{"password":"947286")");
        http_post(at_.hub(), "/in/dd/k7Qm2/event",
                  R"({"event":"pwdAddLocal","uuid":"1","time":1,"detail":{"password":{"id":1,"password":"947286"}}})");
    }

    installation at_;
    secrets planted_;
};

eventful_stay& stay() {
    static eventful_stay one;
    static const bool happened = (one.happen(), true);
    static_cast<void>(happened);
    return one;
}

// Six digits of an action's number are random: they are taken out, so that only a leak can be found.
std::string without_action_ids(std::string text) {
    for (const auto& row : sql(stay().at().database(), "SELECT action_id FROM actions")) {
        for (auto found = text.find(row.front()); found != std::string::npos; found = text.find(row.front(), found)) {
            text.erase(found, row.front().size());
        }
    }
    return text;
}

void check_nothing_in(const std::string& place, const std::string& text) {
    BOOST_TEST(!text.empty(), place << " is empty");
    const std::string searched = without_action_ids(text);
    for (const auto& [what, secret] : stay().planted()) {
        BOOST_TEST(find_plain(searched, secret) == "", what << " stands in " << place);
    }
}

std::string all_of(const std::string& program_output, int exit_code) {
    BOOST_TEST(exit_code == 0, program_output);
    return program_output;
}

std::string shown_by(std::vector<std::string> arguments) {
    const auto ran = stay().at().cli(std::move(arguments));
    return all_of(ran.output, ran.exit_code);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(leak_test)

BOOST_AUTO_TEST_CASE(what_was_planted_is_worth_searching_for) {
    BOOST_TEST(stay().planted().size() >= 25U);
    for (const auto& [what, secret] : stay().planted()) BOOST_TEST(secret.size() >= 6U, what);
}

BOOST_AUTO_TEST_CASE(no_file_of_the_database_holds_a_secret) {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(stay().at().folder().path())) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("lockhub.db")) continue;
        ++files;
        if (entry.file_size() > 0) check_nothing_in(name, read_text_file(entry.path()));
    }
    BOOST_TEST(files >= 2U);  // the WAL among them
    // What is no secret is found in the same way.
    BOOST_TEST(find_plain(read_text_file(stay().at().database()), "sim-home") == "sim-home");
}

BOOST_AUTO_TEST_CASE(a_backup_holds_no_secret) {
    const auto copy = stay().at().folder() / "copy.db";
    shown_by({"backup", copy.string()});
    check_nothing_in("the backup", read_text_file(copy));
}

BOOST_AUTO_TEST_CASE(the_log_holds_no_secret) {
    check_nothing_in("the log", stay().at().hub_log());
    BOOST_TEST(find_plain(stay().at().hub_log(), "pwdAddLocal") == "pwdAddLocal");
    BOOST_TEST(find_plain(stay().at().hub_log(), mobile) == "");
}

BOOST_AUTO_TEST_CASE(metrics_and_health_hold_no_secret) {
    for (const char* target : {"/metrics", "/healthz", "/readyz"}) {
        check_nothing_in(target, http_get(stay().at().hub(), target).body);
        BOOST_TEST(find_plain(http_get(stay().at().hub(), target).body, mobile) == "", target);
    }
}

BOOST_AUTO_TEST_CASE(operators_are_shown_no_secret) {
    check_nothing_in("outbox ls", shown_by({"outbox", "ls"}));
    check_nothing_in("outbox ls --json", shown_by({"outbox", "ls", "--json"}));
    check_nothing_in("directory ls", shown_by({"directory", "ls"}));
    check_nothing_in("status", shown_by({"status"}));
    for (const auto& row : sql(stay().at().database(), "SELECT delivery_id FROM outbox ORDER BY delivery_id")) {
        check_nothing_in("outbox show", shown_by({"outbox", "show", row.front()}));
        check_nothing_in("outbox explain", shown_by({"outbox", "explain", row.front()}));
    }
    for (const auto& row : sql(stay().at().database(), "SELECT action_id FROM actions ORDER BY action_id")) {
        check_nothing_in("action show", shown_by({"action", "show", row.front()}));
    }
}

BOOST_AUTO_TEST_CASE(the_pms_is_sent_no_pin_and_no_key) {
    check_nothing_in("the callbacks", http_get(stay().at().pms(), "/sim/state").body);
}

// The last case: it ends the hub.
BOOST_AUTO_TEST_CASE(a_crash_leaves_no_core_and_what_it_leaves_holds_no_secret) {
    BOOST_TEST(cores_allowed);
    const std::string limits = stay().at().hub_limits();
    const auto line = limits.find("Max core file size");
    BOOST_REQUIRE(line != std::string::npos);
    const std::string core_limit = limits.substr(line, limits.find('\n', line) - line);
    BOOST_TEST(core_limit.find(" 0 ") != std::string::npos, core_limit);
    BOOST_TEST(core_limit.find("unlimited") == std::string::npos, core_limit);
    BOOST_TEST(!stay().at().abort_hub());
    check_nothing_in("the log after the crash", stay().at().hub_log());
    check_nothing_in("the database after the crash", read_text_file(stay().at().database()));
}

BOOST_AUTO_TEST_SUITE_END()
