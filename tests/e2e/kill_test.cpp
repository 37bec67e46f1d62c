// The hub is killed at random moments under traffic and started again; at the end nothing acknowledged is lost and no
// action has two answers. LOCKHUB_KILL_ROUNDS sets the number of rounds, LOCKHUB_KILL_SEED repeats a run.
#include <poll.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <future>
#include <map>
#include <random>
#include <set>

#include "tests/e2e/installation.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr std::size_t rooms = 12;
constexpr std::size_t check_ins_a_round = 3;
constexpr std::size_t events_a_round = 6;

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

installation_settings rough_world() {
    return {.rooms = rooms,
            .dispatch =
                "retry_schedule = [\"1s\", \"1s\", \"2s\", \"5s\", \"10s\", \"10s\", \"20s\", \"20s\"]\n"
                "result_poll_after = \"1s\"\nresult_expires_after = \"3m\"\n",
            .cards = true,
            .pms_extra = {},
            .sim_arguments = {
                "--dingding-knob=repush=200", "--dingding-knob=answer_delay_ms=30", "--pms-knob=answer_delay_ms=30",
                "--dingding-knob=drop=0.05", "--dingding-knob=lose_reply=0.1", "--dingding-knob=lose_push=0.1",
                "--dingding-knob=fail_operation=0.1", "--dingding-knob=duplicate=0.2", "--dingding-knob=reorder=0.2",
                "--dingding-knob=error=0.03", "--dingding-knob=only_verb=add_password", "--pms-knob=refuse=0.05",
                "--pms-knob=http_500=0.05", "--pms-knob=lose_reply=0.1", "--pms-knob=drop=0.05",
                "--gateway-knob=answer_delay_ms=30", "--gateway-knob=drop=0.05", "--gateway-knob=lose_reply=0.1"}};
}

class kill_run {
  public:
    explicit kill_run(std::uint64_t seed) : random_(seed), at_(rough_world()) {}

    void round() {
        at_.lay_card();
        auto calls = std::async(std::launch::async, [this, first = random_()] { desk_is_busy(first); });
        for (std::size_t i = 0; i < events_a_round; ++i) {
            at_.cloud_does("open", R"({"uuid":")" + at_.uuid(random_() % rooms) + R"(","id":1001})");
        }
        // The moment itself is what is random here; nothing is awaited.
        ::poll(nullptr, 0, static_cast<int>(random_() % 250));
        at_.kill_hub();
        calls.get();
        // Recovery itself is interrupted now and then.
        while (random_() % 4 == 0) at_.kill_hub_while_starting(std::chrono::milliseconds(random_() % 60));
        at_.start_hub();
    }

    void drain() {
        calm_down();
        decide_what_nobody_knows();
        eventually(
            "every push is acknowledged", [&] { return at_.pushes(1'000'000'000).integer_of("under_way") == 0; },
            std::chrono::minutes(3));
        const auto nothing_waits = [&] {
            return sql_value(at_.database(),
                             "SELECT (SELECT COUNT(*) FROM outbox WHERE state IN ('ready', 'queued', 'leased')) + "
                             "(SELECT COUNT(*) FROM actions WHERE state IN ('open', 'unverifiable'))") == "0";
        };
        // One PMS takes 29 callbacks a second at most: a long run leaves a backlog that needs its time.
        const auto backlog = std::stoll(sql_value(at_.database(), "SELECT COUNT(*) FROM waiting_deliveries"));
        try {
            eventually("nothing waits any more", nothing_waits,
                       std::chrono::minutes(5) + std::chrono::seconds(backlog / 20));
        } catch (const std::exception& e) {
            BOOST_FAIL(e.what() << '\n' << what_waits());
        }
    }

    // For whoever has to find out why.
    std::string what_waits() const {
        std::string out;
        for (const char* question :
             {"SELECT delivery_id, state, kind, event, action_id, attempts, why, message, due_at FROM "
              "waiting_deliveries LIMIT 20",
              "SELECT action_id, state, command_state, sends, probes, message, command_due_at FROM open_actions LIMIT "
              "20",
              "SELECT command_id, action_id, verb, state, behind, ref, lease_owner FROM commands WHERE finished_at_ms "
              "IS NULL LIMIT 20",
              "SELECT a.delivery_id, a.number, a.why, a.http_status, a.message FROM attempts AS a JOIN "
              "waiting_deliveries AS w ON w.delivery_id = a.delivery_id LIMIT 40",
              "SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000, COUNT(*) FROM waiting_deliveries"}) {
            out += std::string(question) + '\n';
            for (const sql_row& row : sql(at_.database(), question)) {
                for (const std::string& value : row) out += value + " | ";
                out += '\n';
            }
        }
        const std::string log = at_.hub_log();
        return out + log.substr(log.size() - std::min<std::size_t>(log.size(), 8000));
    }

    void every_acknowledged_push_is_stored_once() const {
        std::map<std::string, std::size_t> stored;
        for (const sql_row& row : sql(at_.database(), "SELECT body FROM inbox")) ++stored[row[0]];
        const wire::json_value all = at_.pushes();
        std::size_t lost = 0, doubled = 0, acknowledged = 0;
        for (const wire::json_value& push : all.find("pushes")->items()) {
            if (push.text_of("acknowledged") != "true") continue;
            ++acknowledged;
            const std::size_t times = stored[push.text_of("body")];
            lost += times == 0 ? 1 : 0;
            doubled += times > 1 ? 1 : 0;
        }
        BOOST_TEST(acknowledged > 0u);
        BOOST_TEST(lost == 0u);
        BOOST_TEST(doubled == 0u);
    }

    void every_action_has_one_final_code() const {
        const wire::json_value state = at_.pms_state();
        const wire::json_value& told = *state.find("actions");
        std::set<std::string> known;
        for (const sql_row& row :
             sql(at_.database(), "SELECT action_id, final_code FROM actions WHERE callback IS NOT NULL")) {
            known.insert(row[0]);
            const wire::json_value* entry = told.find(row[0]);
            BOOST_TEST((entry != nullptr), "nobody was told of action " << row[0]);
            if (!entry) continue;
            const auto& codes = entry->find("codes")->items();
            BOOST_TEST(codes.size() == 1u, "two codes for action " << row[0]);
            BOOST_TEST(codes.at(0).text() == row[1]);
            BOOST_TEST(entry->integer_of("different_bodies").value() == 1);
            BOOST_TEST(entry->integer_of("taken").value() >= 1);
        }
        BOOST_TEST(told.members().size() == known.size());
        for (const std::string& action : acknowledged_actions_) {
            BOOST_TEST(known.contains(action), "the acknowledged action " << action << " is lost");
        }
        BOOST_TEST(!acknowledged_actions_.empty());
    }

    void no_lock_has_two_pins_for_one_action() const {
        std::map<std::string, std::size_t> made;
        const wire::json_value cloud = at_.cloud_state();
        for (const wire::json_value& add : cloud.find("pins_sent")->items()) ++made[add.text_of("name")];
        for (const auto& [action, times] : made)
            BOOST_TEST(times == 1u, action << " was put on a lock " << times << " times");
        std::map<std::string, std::set<std::string>> on_lock;
        for (const wire::json_value& lock : cloud.find("locks")->items()) {
            for (const wire::json_value& pin : lock.find("passwords")->items()) {
                if (pin.text_of("on_lock") == "true") on_lock[lock.text_of("uuid")].insert(pin.text_of("name"));
            }
        }
        for (std::size_t room = 0; room < rooms; ++room) the_last_word_stands(room, on_lock[at_.uuid(room)]);
    }

    void no_card_was_made_for_an_older_stay() const {
        BOOST_TEST(at_.gateway_state().find("abkp_backwards")->items().empty());
    }

    void every_opening_is_told_once() const {
        const wire::json_value state = at_.pms_state();
        std::size_t different = 0;
        for (const auto& [event_id, entry] : state.find("events")->members()) {
            BOOST_TEST(entry.integer_of("different_bodies").value() == 1,
                       "event " << event_id << " was told in two ways");
            BOOST_TEST(entry.integer_of("taken").value() >= 1);
            ++different;
        }
        BOOST_TEST(sql_value(at_.database(), "SELECT COUNT(*) FROM inbox WHERE kind = 'event'") ==
                   std::to_string(different));
        BOOST_TEST(state.integer_of("bad_hmacs").value() == 0);
    }

    void the_books_are_straight() const {
        BOOST_TEST(sql_value(at_.database(), "PRAGMA integrity_check") == "ok");
        BOOST_TEST(sql_value(at_.database(),
                             "SELECT (SELECT value FROM ledger WHERE name = 'accepted') - "
                             "(SELECT COUNT(*) FROM outbox) - "
                             "(SELECT value FROM ledger WHERE name = 'expunged')") == "0");
        BOOST_TEST(sql_value(at_.database(), "SELECT COUNT(*) FROM outbox WHERE state <> 'delivered'") == "0");
    }

    // A run without faults and recoveries would prove nothing.
    void enough_has_happened() const {
        const auto count = [&](const char* what) { return std::stoul(sql_value(at_.database(), what)); };
        const auto actions = count("SELECT COUNT(*) FROM actions");
        const auto interrupted = count("SELECT COUNT(*) FROM attempts WHERE why = 'interrupted'");
        const auto asked = count("SELECT COUNT(*) FROM commands WHERE probes > 0");
        BOOST_TEST_MESSAGE(actions << " actions, " << count("SELECT COUNT(*) FROM inbox") << " pushes, "
                                   << count("SELECT COUNT(*) FROM attempts") << " attempts of which " << interrupted
                                   << " interrupted, " << asked << " commands asked about, "
                                   << count("SELECT COUNT(*) FROM parked_results") << " results parked");
        BOOST_TEST(count("SELECT COUNT(*) FROM attempts WHERE why <> 'none'") > 0u);
        BOOST_TEST(asked > 0u);
    }

    void the_rate_rule_was_kept() const {
        const wire::json_value state = at_.pms_state();
        BOOST_TEST(state.integer_of("most_in_a_second").value() < 30);
        BOOST_TEST(state.integer_of("most_identical_in_30s").value() < 5);
    }

  private:
    // What the last action of a room left behind: its PIN, or none of a guest's.
    void the_last_word_stands(std::size_t room, const std::set<std::string>& on_lock) const {
        const auto last = sql(at_.database(),
                              "SELECT action_id, verb, state FROM actions WHERE verb IN ('set_pin', 'remove_pin') AND "
                              "state <> 'superseded' AND room_id = '" +
                                  at_.room_id(room) + "' ORDER BY action_id DESC LIMIT 1");
        if (last.empty() || last[0][2] != "succeeded") return;
        if (last[0][1] == "set_pin") {
            BOOST_TEST(on_lock.contains(last[0][0]),
                       "action " << last[0][0] << " succeeded, and its PIN is not on the lock");
        } else {
            BOOST_TEST(on_lock.empty(), "action " << last[0][0] << " took the PIN away, and one is on the lock");
        }
    }

    void desk_is_busy(std::uint64_t seed) {
        random_engine random(seed);
        for (std::size_t i = 0; i < check_ins_a_round; ++i) {
            const std::string pin = std::to_string(100'000 + random() % 900'000);
            const auto answer = call("enableGuestPwd", at_.check_in_fields(random() % rooms, pin));
            if (answer) acknowledged_actions_.push_back(answer->find("data")->text_of("actionId"));
        }
        const simulators::text_fields clerk{{"hotelNo", "H10086"}, {"operatorGuid", "op-77"}, {"operatorName", "甲"}};
        auto card = clerk;
        card.insert(card.end(), {{"roomId", at_.room_id(random() % rooms)}, {"readCardId", "d0000000"}});
        if (const auto answer = call("addRoomCard", card)) acknowledged_actions_.push_back(answer->text_of("data"));
        auto check_out = clerk;
        check_out.emplace_back("roomId", at_.room_id(random() % rooms));
        call("disableGuestPwd", check_out);
    }

    // The answer, when it came and its code is 0.
    std::optional<wire::json_value> call(const std::string& method, const simulators::text_fields& fields) const {
        const auto answer =
            try_http_post(at_.hub(), "/lockapi/demopms/lock/" + method + ".do",
                          simulators::signed_lockapi_form(fields, {}), "application/x-www-form-urlencoded");
        if (!answer || answer->status != 200) return std::nullopt;
        wire::json_value body = answer->json();
        if (body.integer_of("code") != 0) return std::nullopt;
        return body;
    }

    // A card whose making nobody can ask about waits for an operator: here he always says that it failed.
    void decide_what_nobody_knows() const {
        const auto undecided = [&] {
            return sql(at_.database(), "SELECT action_id FROM actions WHERE state = 'unverifiable' ORDER BY action_id");
        };
        eventually(
            "no command is in doubt",
            [&] {
                for (const sql_row& row : undecided())
                    at_.cli({"action", "decide", row[0], "--failed", "--reason", "nobody knows"});
                return sql_value(at_.database(),
                                 "SELECT COUNT(*) FROM commands WHERE state IN ('sending', 'uncertain', 'probing', "
                                 "'unverifiable')") == "0";
            },
            std::chrono::minutes(5));
    }

    void calm_down() const {
        at_.cloud_does("knobs", R"({"drop":"0","lose_reply":"0","lose_push":"0","error":"0","reorder":"0"})");
        at_.pms_does("knobs", R"({"refuse":"0","http_500":"0","lose_reply":"0","drop":"0"})");
        at_.gateway_does("knobs", R"({"drop":"0","lose_reply":"0"})");
    }

    using random_engine = std::mt19937_64;
    random_engine random_;
    installation at_;
    std::vector<std::string> acknowledged_actions_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(kill_test)

BOOST_AUTO_TEST_CASE(whatever_moment_it_is_killed_at_nothing_acknowledged_is_lost_and_no_action_has_two_answers) {
    const std::uint64_t rounds = number_from_environment("LOCKHUB_KILL_ROUNDS", 30);
    const std::uint64_t seed = number_from_environment("LOCKHUB_KILL_SEED", std::random_device()());
    BOOST_TEST_MESSAGE("kill rounds: " << rounds << ", seed " << seed);
    BOOST_TEST_INFO("seed " << seed);
    kill_run run(seed);
    for (std::uint64_t i = 0; i < rounds; ++i) run.round();
    run.drain();
    run.every_acknowledged_push_is_stored_once();
    run.every_action_has_one_final_code();
    run.no_lock_has_two_pins_for_one_action();
    run.no_card_was_made_for_an_older_stay();
    run.every_opening_is_told_once();
    run.the_books_are_straight();
    run.the_rate_rule_was_kept();
    run.enough_has_happened();
}

BOOST_AUTO_TEST_SUITE_END()
