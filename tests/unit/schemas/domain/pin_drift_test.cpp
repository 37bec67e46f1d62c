#include "schemas/domain/pin_drift.hpp"

#include <boost/test/unit_test.hpp>
#include <span>

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(pin_drift_test)

namespace {

using namespace std::chrono_literals;
using enum command_verb;
using progress = reported_credential::progress;
using pins = std::vector<reported_credential>;
using words = std::vector<std::string>;

const time_point now = from_unix_ms(1'760'000'000'000);

known_pin known(std::string ref, std::string label) {
    known_pin out;
    out.credential_ref = std::move(ref);
    out.label = std::move(label);
    out.room = 1;
    return out;
}

reported_credential there(std::string ref, std::string label) {
    reported_credential out;
    out.credential_ref = std::move(ref);
    out.label = std::move(label);
    out.operation = set_pin;
    return out;
}

template <class T, class Change>
T with(T value, Change change) {
    change(value);
    return value;
}

// "pin_left 1015 by remove_pin": what a difference is about, and what would mend it.
words told(const std::vector<known_pin>& wanted, const pins& reported, const std::set<std::string>& own = {}) {
    words out;
    for (const auto& one : compare_pins(wanted, reported, own, now).differences) {
        std::string text(to_string(one.kind));
        text +=
            ' ' + (one.found ? reported.at(*one.found).credential_ref : wanted.at(one.known.value()).credential_ref);
        if (one.repair) text += " by " + std::string(to_string(*one.repair));
        out.push_back(std::move(text));
    }
    return out;
}

const auto unwanted = [](known_pin& pin) { pin.wanted = false; };
const auto absent = [](known_pin& pin) { pin.present = false; };
auto until(duration d) {
    return [d](auto& pin) { pin.valid_until = now + d; };
}

struct comparison_case {
    std::string_view what;
    std::vector<known_pin> wanted;
    pins reported;
    words differences;
    std::set<std::string> own{};
};

void check(std::span<const comparison_case> cases) {
    for (const auto& one : cases) {
        const auto differences = told(one.wanted, one.reported, one.own);
        BOOST_TEST_CONTEXT(one.what) {
            BOOST_TEST(differences == one.differences, boost::test_tools::per_element());
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_missing_left_or_foreign_is_told_with_what_would_mend_it) {
    const auto running = [](reported_credential& p) { p.stage = progress::running; };
    const auto failed_add = [](reported_credential& p) { p.stage = progress::failed; };
    const auto failed_removal = [](reported_credential& p) {
        p.operation = remove_pin;
        p.stage = progress::failed;
    };
    const auto local = [](known_pin& p) { p.wanted = false; };
    const comparison_case cases[] = {
        {"as wanted", {known("1", "a")}, {there("1", "a")}, {}},
        {"nothing there", {known("1", "a")}, {}, {"pin_missing 1 by set_pin"}},
        {"known to be gone", {with(known("1", "a"), absent)}, {}, {"pin_missing 1 by set_pin"}},
        {"over and gone", {with(known("1", "a"), until(-1s))}, {}, {}},
        {"taken back and gone", {with(known("1", "a"), unwanted)}, {}, {}},
        {"taken back and there", {with(known("1", "a"), unwanted)}, {there("1", "a")}, {"pin_left 1 by remove_pin"}},
        {"its removal failed",
         {with(known("1", "a"), unwanted)},
         {with(there("1", "a"), failed_removal)},
         {"pin_left 1 by remove_pin"}},
        {"taken back, and over there", {with(known("1", "a"), unwanted)}, {with(there("1", "a"), until(-1s))}, {}},
        {"at work on it", {known("1", "a")}, {with(there("1", "a"), running)}, {}},
        {"its adding failed", {known("1", "a")}, {with(there("1", "a"), failed_add)}, {"pin_missing 1 by set_pin"}},
        {"another name for it", {known("1", "a")}, {there("1", "Mr Li")}, {}},
        {"another reference for it", {known("1", "a")}, {there("7", "a")}, {}},
        {"its reference given to another",
         {with(known("1", "a"), absent)},
         {there("1", "Mr Li")},
         {"pin_missing 1 by set_pin", "pin_foreign 1"}},
        {"made twice", {known("1", "a")}, {there("1", "a"), there("2", "a")}, {"pin_left 2 by remove_pin"}, {"a"}},
        {"of an action that failed", {}, {there("3", "b")}, {"pin_left 3 by remove_pin"}, {"b"}},
        {"made by others", {}, {there("3", "Mr Li")}, {"pin_foreign 3"}},
        {"made by others, and over", {}, {with(there("3", "Mr Li"), until(-1s))}, {}},
        {"made at the door, in the books", {with(known("2", ""), local)}, {there("2", "")}, {"pin_foreign 2"}},
        {"made at the door, accepted",
         {with(known("2", ""), [](known_pin& p) { p.accepted = true; })},
         {there("2", "")},
         {}},
    };
    check(cases);
}

BOOST_AUTO_TEST_CASE(an_end_or_a_frozen_state_that_differs_is_told_with_what_would_mend_it) {
    const auto frozen = [](auto& p) { p.frozen = true; };
    const comparison_case cases[] = {
        {"ends a day too late",
         {with(known("1", "a"), until(24h))},
         {with(there("1", "a"), until(48h))},
         {"validity_differs 1 by replace_pin"}},
        {"ends to the hour", {with(known("1", "a"), until(90min))}, {with(there("1", "a"), until(60min))}, {}},
        {"for ever, with an end told", {known("1", "a")}, {with(there("1", "a"), until(1h))}, {}},
        {"for ever, and over there",
         {known("1", "a")},
         {with(there("1", "a"), until(-1s))},
         {"validity_differs 1 by replace_pin"}},
        {"end not told", {with(known("1", "a"), until(24h))}, {there("1", "a")}, {}},
        {"frozen there", {known("1", "a")}, {with(there("1", "a"), frozen)}, {"frozen_differs 1 by unfreeze_pin"}},
        {"not frozen there", {with(known("1", "a"), frozen)}, {there("1", "a")}, {"frozen_differs 1 by freeze_pin"}},
        {"frozen, and gone", {with(known("1", "a"), frozen)}, {}, {"pin_missing 1"}},
        {"frozen, and ends too late",
         {with(with(known("1", "a"), frozen), until(24h))},
         {with(with(there("1", "a"), frozen), until(48h))},
         {"validity_differs 1"}},
        {"frozen as wanted", {with(known("1", "a"), frozen)}, {with(there("1", "a"), frozen)}, {}},
    };
    check(cases);
}

BOOST_AUTO_TEST_CASE(a_computed_pin_that_outlives_its_successor_is_listed_and_left) {
    auto computed = with(known("computed:a", "a"), until(24h));
    computed.computed = true;
    BOOST_TEST(told({computed}, {}).empty());
    BOOST_TEST(told({computed, known("1", "b")}, {there("1", "b")}) == words{"computed_stays computed:a"});
    BOOST_TEST(told({with(computed, unwanted)}, {}) == words{"computed_stays computed:a"});
    BOOST_TEST(told({with(computed, until(-1s)), known("1", "b")}, {there("1", "b")}).empty());
    const auto other_room = with(known("1", "b"), [](known_pin& p) { p.room = 2; });
    BOOST_TEST(told({computed, other_room}, {there("1", "b")}).empty());
    const auto accepted = with(computed, [](known_pin& p) { p.accepted = true; });
    BOOST_TEST(told({accepted, known("1", "b")}, {there("1", "b")}).empty());
}

BOOST_AUTO_TEST_CASE(what_was_seen_of_each_known_pin_is_told) {
    auto busy = there("3", "c");
    busy.stage = progress::running;
    const auto compared =
        compare_pins({known("1", "a"), known("2", "b"), known("3", "c")}, {there("9", "a"), busy}, {}, now);
    BOOST_TEST((compared.sightings.at(0).what == presence::there));
    BOOST_TEST(compared.sightings.at(0).found.value() == 0U);
    BOOST_TEST((compared.sightings.at(1).what == presence::gone));
    BOOST_TEST((compared.sightings.at(2).what == presence::unclear));
}

BOOST_AUTO_TEST_CASE(a_doubt_is_judged_by_what_the_cloud_shows) {
    using enum doubt_finding;
    const auto entry = [](command_verb operation, progress stage) {
        auto out = there("7", "a");
        out.operation = operation;
        out.stage = stage;
        return pins{out};
    };
    const auto other = [](command_verb operation, progress stage) {
        auto out = there("7", "x");
        out.operation = operation;
        out.stage = stage;
        return pins{out};
    };
    auto frozen = there("7", "x");
    frozen.frozen = true;
    struct {
        command_verb verb;
        std::string_view ref;
        pins reported;
        doubt_answer answer;
    } const cases[] = {
        {set_pin, "", {}, {absent}},
        {set_pin, "", entry(set_pin, progress::done), {done, "7"}},
        {set_pin, "", entry(set_pin, progress::failed), {failed}},
        {set_pin, "", entry(set_pin, progress::running), {unclear}},
        {set_pin, "", entry(freeze_pin, progress::failed), {done, "7"}},
        {replace_pin, "7", entry(replace_pin, progress::done), {done, "7"}},
        {replace_pin, "7", entry(replace_pin, progress::failed), {failed}},
        {replace_pin, "7", other(set_pin, progress::done), {absent}},
        {replace_pin, "7", other(replace_pin, progress::failed), {failed}},
        {replace_pin, "7", {}, {absent}},
        {remove_pin, "7", {}, {done}},
        {remove_pin, "7", other(set_pin, progress::done), {absent}},
        {remove_pin, "7", other(remove_pin, progress::failed), {failed}},
        {remove_pin, "7", other(remove_pin, progress::running), {unclear}},
        {remove_pin, "", {}, {unclear}},
        {freeze_pin, "7", {frozen}, {done}},
        {freeze_pin, "7", other(set_pin, progress::done), {absent}},
        {unfreeze_pin, "7", other(set_pin, progress::done), {done}},
        {unfreeze_pin, "7", {}, {failed}},
        {open_door, "7", {}, {unclear}},
    };
    for (const auto& one : cases) {
        const auto answer =
            judge_doubt({.label = "a", .verb = one.verb, .credential_ref = std::string(one.ref)}, one.reported);
        BOOST_TEST_CONTEXT(to_string(one.verb) << " " << one.ref) {
            BOOST_TEST(static_cast<int>(answer.what) == static_cast<int>(one.answer.what));
            BOOST_TEST(answer.credential_ref == one.answer.credential_ref);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
