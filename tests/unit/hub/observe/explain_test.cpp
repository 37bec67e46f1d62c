#include "hub/observe/explain.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

constexpr time_point now = from_unix_ms(1'795'320'000'000);  // 2026-11-22 12:00:00 China time

storage::delivery_detail delivery(delivery_state state) {
    storage::delivery_detail detail;
    auto& row = detail.row;
    row.id = delivery_id(17);
    row.state = state;
    row.pms = "demopms";
    row.hotel = "H1";
    row.room = "R1";
    row.room_no = "801";
    row.created_at = now - 1h;
    row.due_at = now + 200s;
    row.finished_at = now - 5min;
    return detail;
}

hub::surroundings running() {
    hub::surroundings around;
    around.service.emplace();
    around.settings.emplace();
    around.settings->dispatch.retry_schedule = {8s, 15s, 30s};
    return around;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

storage::action_row action(action_state state, command_state command) {
    storage::action_row row;
    row.id = action_id("20261122120000123000001");
    row.state = state;
    row.command = command;
    row.account = "dd-main";
    row.ref = "700000100";
    row.created_at = now - 2min;
    row.command_due_at = now + 30s;
    row.finished_at = now - 1min;
    return row;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(explain_test)

BOOST_AUTO_TEST_CASE(a_retry_names_its_time_its_attempts_and_the_last_failure) {
    auto detail = delivery(delivery_state::ready);
    detail.row.attempts = 2;
    detail.row.why = error_class::refused_by_pms;
    detail.row.message = "code -1";
    const auto words = hub::explain(detail, running(), now);
    BOOST_TEST(
        words.english ==
        "It is tried again at 2026-11-22 12:03:20 (in 3m 20s), after 2 of 4 attempts. The last attempt failed: the PMS "
        "answered with a code other than 0 (code -1).");
    BOOST_TEST(words.chinese == "已尝试 2 次，将于 2026-11-22 12:03:20 重试，上次失败：PMS 返回的 code 不为 0");
    BOOST_TEST((words.until == now + 200s));
    BOOST_TEST(words.release == "To send it now: lockhub outbox retry --id 17");
}

BOOST_AUTO_TEST_CASE(an_open_breaker_decides_when_it_is_later_than_the_schedule) {
    auto around = running();
    around.service->breakers = {{.target = "demopms", .state = "open", .until = now + 300s, .failures = 5}};
    const auto words = hub::explain(delivery(delivery_state::ready), around, now);
    BOOST_TEST(contains(words.english, "PMS demopms could not be reached 5 times in a row"), words.english);
    BOOST_TEST((words.until == now + 300s));
    around.service->breakers[0].until = now - 1s;
    auto due = delivery(delivery_state::ready);
    due.row.due_at = now - 1s;
    BOOST_TEST(contains(hub::explain(due, around, now).english, "as soon as one call may try"));
    around.service->breakers[0].state = "closed";
    BOOST_TEST(
        contains(hub::explain(delivery(delivery_state::ready), around, now).english, "sent for the first time at"));
}

BOOST_AUTO_TEST_CASE(a_due_row_waits_for_a_slot_and_says_when_the_service_is_down) {
    auto detail = delivery(delivery_state::ready);
    detail.row.due_at = now - 90s;
    const auto words = hub::explain(detail, running(), now);
    BOOST_TEST(contains(words.english, "due since 2026-11-22 11:58:30 (1m 30s ago)"), words.english);
    BOOST_TEST(!words.until);
    const auto down = hub::explain(detail, {}, now);
    BOOST_TEST(contains(down.english, "The service does not run"), down.english);
    BOOST_TEST(down.release == "Start the service.");
}

BOOST_AUTO_TEST_CASE(a_queued_row_names_the_head_of_its_lane) {
    auto detail = delivery(delivery_state::queued);
    detail.row.behind = delivery_id(9);
    const auto words = hub::explain(detail, running(), now);
    BOOST_TEST(contains(words.english, "waits behind delivery 9 of the same room (PMS demopms, hotel H1, room 801)"),
               words.english);
    BOOST_TEST(contains(words.release, "lockhub outbox explain 9"), words.release);
    BOOST_TEST(contains(words.chinese, "正在等待投递 9 完成"), words.chinese);
}

BOOST_AUTO_TEST_CASE(a_held_row_names_what_would_release_it) {
    const struct {
        std::string_view reason, english, release;
    } cases[] = {
        {"pms_unknown", "no [[pms]] section", "Add a [[pms]] section"},
        {"pms_disabled", "is disabled", "Set enabled = true"},
        {"no_url", "names no URL", "Set the URL"},
        {"not_subscribed", "no longer subscribes", "Add the event"},
        {"operator", "an operator holds it", "lockhub outbox release --id 17"},
        {"dispatcher", "could not be sent", "lockhub outbox release --id 17"},
        {"something_new", "something_new", "lockhub outbox release --id 17"},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(one.reason) {
            auto detail = delivery(delivery_state::held);
            detail.row.held_reason = one.reason;
            const auto words = hub::explain(detail, running(), now);
            BOOST_TEST(contains(words.english, one.english), words.english);
            BOOST_TEST(contains(words.release, one.release), words.release);
            BOOST_TEST(words.chinese.starts_with("已暂停："), words.chinese);
            BOOST_TEST(!words.until);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_pms_that_was_configured_meanwhile_needs_a_reload_only) {
    auto detail = delivery(delivery_state::held);
    detail.row.held_reason = "pms_unknown";
    auto around = running();
    around.settings->pms.emplace_back().id = "demopms";
    BOOST_TEST(contains(hub::explain(detail, around, now).release, "by now: reload the service"));
}

BOOST_AUTO_TEST_CASE(an_attempt_in_flight_of_a_dead_service_is_taken_back_at_its_start) {
    BOOST_TEST(
        contains(hub::explain(delivery(delivery_state::leased), {}, now).english, "taken back at the next start"));
    BOOST_TEST(hub::explain(delivery(delivery_state::leased), running(), now).english == "Attempt 1 is in flight.");
}

BOOST_AUTO_TEST_CASE(final_rows_say_how_they_ended) {
    auto dead = delivery(delivery_state::dead);
    dead.row.attempts = 4;
    dead.row.why = error_class::timeout;
    const auto words = hub::explain(dead, running(), now);
    BOOST_TEST(contains(words.english, "given up at 2026-11-22 11:55:00 (5m ago) after 4 of 4 attempts"),
               words.english);
    BOOST_TEST(words.release == "To start its schedule again: lockhub outbox retry --id 17");
    auto delivered = delivery(delivery_state::delivered);
    delivered.row.attempts = 1;
    BOOST_TEST(contains(hub::explain(delivered, running(), now).english, "with attempt 1"));
    BOOST_TEST(
        contains(hub::explain(delivery(delivery_state::discarded), running(), now).english, "operator discarded it"));
}

BOOST_AUTO_TEST_CASE(an_open_action_says_what_it_waits_for) {
    const struct {
        command_state command;
        std::string_view english;
    } cases[] = {
        {command_state::pending, "goes out at 2026-11-22 12:00:30 (in 30s)"},
        {command_state::sending, "on its way to lock cloud account dd-main"},
        {command_state::uncertain,
         "reply was lost. Before anything is sent again, it is asked at 2026-11-22 12:00:30 (in 30s)"},
        {command_state::probing, "reply was lost"},
        {command_state::awaiting,
         "accepted it as 700000100 and its result is awaited since 2026-11-22 11:58:00 (2m ago)"},
        {command_state::polling, "expires at about 2026-11-22 12:13:00 (in 13m)"},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(to_string(one.command)) {
            const auto words = hub::explain(action(action_state::open, one.command), running(), now);
            BOOST_TEST(contains(words.english, one.english), words.english);
            BOOST_TEST(!words.chinese.empty());
        }
    }
    BOOST_TEST(
        contains(hub::explain(action(action_state::open, command_state::awaiting), {}, now).english, "does not run"));
}

BOOST_AUTO_TEST_CASE(an_action_at_a_card_reader_names_reader_card_and_step) {
    auto row = action(action_state::open, command_state::sending);
    row.method = "returnRoomCard";
    row.verb = command_verb::clear_card;
    row.step = command_verb::read_card;
    row.reader_id = "d0000001";
    const auto reading = hub::explain(row, running(), now);
    BOOST_TEST(reading.english.ends_with(" Card reader d0000001. First the card that lies there is read."),
               reading.english);
    BOOST_TEST(reading.chinese.ends_with("；读卡器 d0000001（先读卡）"), reading.chinese);
    row.step = command_verb::clear_card;
    row.card = {
        .card_id = "03F56241", .lock_uuid = "775032240849921", .valid_from = now - 24h, .valid_until = now + 24h};
    const auto clearing = hub::explain(row, running(), now);
    BOOST_TEST(clearing.english.ends_with(" Card reader d0000001, card 03F56241, lock 775032240849921, from 2026-11-21 "
                                          "12:00:00, until 2026-11-23 12:00:00. It was read and is cleared now."),
               clearing.english);
    row.state = action_state::succeeded;
    row.final_code = 0;
    BOOST_TEST(!contains(hub::explain(row, running(), now).english, "cleared now"));
}

BOOST_AUTO_TEST_CASE(an_action_about_a_face_or_access_names_its_holder) {
    auto row = action(action_state::open, command_state::sending);
    row.verb = command_verb::grant_access;
    row.holder = "13911112222";
    BOOST_TEST(hub::explain(row, running(), now).english.ends_with(" Holder 13911112222."));
    row.holder_name = "张三";
    const auto words = hub::explain(row, running(), now);
    BOOST_TEST(words.english.ends_with(" Holder 13911112222 (张三)."), words.english);
    BOOST_TEST(words.chinese.ends_with("；持有人 13911112222 (张三)"), words.chinese);
}

BOOST_AUTO_TEST_CASE(a_new_pin_that_is_unfrozen_as_a_second_step_says_so) {
    auto row = action(action_state::open, command_state::sending);
    row.verb = command_verb::set_pin;
    row.step = command_verb::unfreeze_pin;
    const auto words = hub::explain(row, running(), now);
    BOOST_TEST(words.english.ends_with("so it is unfrozen now."), words.english);
    BOOST_TEST(contains(words.chinese, "正在解冻"), words.chinese);
    row.step = command_verb::replace_pin;
    BOOST_TEST(!contains(hub::explain(row, running(), now).english, "unfrozen"));
}

BOOST_AUTO_TEST_CASE(an_action_that_was_superseded_says_that_nothing_was_sent) {
    auto row = action(action_state::superseded, command_state::superseded);
    row.step = command_verb::set_pin;
    row.final_code = -1;
    row.message = "已被后续操作取代";
    const auto words = hub::explain(row, running(), now);
    BOOST_TEST(contains(words.english, "took its place before anything was sent"), words.english);
    BOOST_TEST(contains(words.chinese, "未下发"), words.chinese);
}

BOOST_AUTO_TEST_CASE(an_answer_with_a_computed_pin_is_told_from_one_that_went_to_the_lock) {
    auto row = action(action_state::succeeded, command_state::done);
    row.final_code = 0;
    row.callback_promised = false;
    BOOST_TEST(contains(hub::explain(row, running(), now).english, "the PIN the lock computes itself"));
    row.step = command_verb::set_pin;
    BOOST_TEST(!contains(hub::explain(row, running(), now).english, "computes itself"));
}

BOOST_AUTO_TEST_CASE(an_unverifiable_action_asks_for_a_decision) {
    const auto words = hub::explain(action(action_state::unverifiable, command_state::unverifiable), running(), now);
    BOOST_TEST(contains(words.release, "lockhub action decide 20261122120000123000001 --succeeded"), words.release);
}

BOOST_AUTO_TEST_CASE(a_final_action_names_its_code) {
    auto row = action(action_state::failed, command_state::rejected);
    row.final_code = -1;
    row.message = "the lock refused it";
    const auto words = hub::explain(row, running(), now);
    BOOST_TEST(words.english.starts_with(
                   "It ended as failed at 2026-11-22 11:59:00 (1m ago) with code -1: the lock refused it."),
               words.english);
}

BOOST_AUTO_TEST_CASE(every_class_of_error_has_words) {
    for (int c = 0; c <= static_cast<int>(error_class::interrupted); ++c) {
        const auto words = hub::describe(static_cast<error_class>(c));
        BOOST_TEST(words.english != "unknown");
        BOOST_TEST(!words.chinese.empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
