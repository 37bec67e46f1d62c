#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

#include "schemas/domain/action.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/domain/delivery.hpp"
#include "schemas/domain/lock_event.hpp"

using namespace lockhub;

namespace {

// Every value up to `last` has a name of its own that reads back as the value.
template <class Enum, class From>
void check_names(Enum last, From from) {
    std::set<std::string> names;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        const auto value = static_cast<Enum>(i);
        const auto name = to_string(value);
        BOOST_CHECK(!name.empty());
        BOOST_CHECK(from(name) == value);
        BOOST_CHECK(names.emplace(name).second);
    }
    BOOST_CHECK(!from("no such name"));
    BOOST_CHECK(!from(""));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(names_test)

BOOST_AUTO_TEST_CASE(every_enumerated_name_reads_back) {
    check_names(event_kind::other, event_kind_from);
    check_names(command_verb::count_log, command_verb_from);
    check_names(delivery_state::discarded, delivery_state_from);
    check_names(delivery_kind::event, delivery_kind_from);
    check_names(error_class::interrupted, error_class_from);
    check_names(action_state::superseded, action_state_from);
    check_names(command_state::superseded, command_state_from);
}

BOOST_AUTO_TEST_CASE(names_stand_for_the_values_they_say) {
    BOOST_CHECK_EQUAL(to_string(event_kind::lock_offline), "lock.offline");
    BOOST_CHECK_EQUAL(to_string(event_kind::password_updated_locally), "password.updated_locally");
    BOOST_CHECK_EQUAL(to_string(event_kind::other), "vendor.other");
    BOOST_CHECK_EQUAL(to_string(error_class::http_429), "http_429");
    BOOST_CHECK_EQUAL(to_string(error_class::address_forbidden), "address_forbidden");
    BOOST_CHECK_EQUAL(to_string(command_state::awaiting), "awaiting");
    BOOST_CHECK_EQUAL(to_string(delivery_state::leased), "leased");
}

BOOST_AUTO_TEST_CASE(what_is_final_and_what_is_leased) {
    BOOST_CHECK(!is_final(action_state::open));
    BOOST_CHECK(!is_final(action_state::unverifiable));
    BOOST_CHECK(is_final(action_state::superseded));
    BOOST_CHECK(!is_final(command_state::unverifiable));
    BOOST_CHECK(is_final(command_state::rejected));
    BOOST_CHECK(is_leased(command_state::polling));
    BOOST_CHECK(!is_leased(command_state::awaiting));
    BOOST_CHECK(is_alarm(event_kind::tampered));
    BOOST_CHECK(!is_alarm(event_kind::opened));
    BOOST_CHECK(changes_lock(command_verb::freeze_pin));
    BOOST_CHECK(!changes_lock(command_verb::read_dynamic_pin));
}

BOOST_AUTO_TEST_SUITE_END()
