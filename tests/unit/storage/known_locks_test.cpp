#include "storage/sqlite/known_locks.hpp"

#include <boost/test/unit_test.hpp>

#include "storage/sqlite/lane.hpp"

namespace lockhub::storage::sqlite {

BOOST_AUTO_TEST_SUITE(known_locks_test)

namespace {

constexpr time_point at(std::int64_t seconds) {
    return from_unix_ms(1'795'320'000'000 + seconds * 1000);
}

lock_news heard(std::int64_t seconds) {
    return {
        .online = std::nullopt, .battery_percent = std::nullopt, .occurred_at = at(seconds), .heard_at = at(seconds)};
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_fact_has_a_time_of_its_own) {
    auto online = heard(10);
    online.online = true;
    auto battery = heard(5);
    battery.battery_percent = 40;
    const auto state = after(after({}, online), battery);
    BOOST_TEST((state.online == true));
    BOOST_TEST((state.battery_percent == 40));
    BOOST_TEST((state.last_heard_at == at(10)));
    auto old = heard(4);
    old.online = false;
    old.battery_percent = 90;
    BOOST_TEST((after(state, old) == state));
}

BOOST_AUTO_TEST_CASE(being_heard_of_is_written_once_a_minute_and_news_at_once) {
    const auto first = after({}, heard(0));
    BOOST_TEST(worth_writing({}, first));
    BOOST_TEST(!worth_writing(first, after(first, heard(59))));
    BOOST_TEST(worth_writing(first, after(first, heard(60))));
    auto news = heard(1);
    news.online = false;
    BOOST_TEST(worth_writing(first, after(first, news)));
}

BOOST_AUTO_TEST_CASE(lanes_of_rooms_and_hotels_never_meet) {
    BOOST_TEST(lane_of_room(1, lane_class::results) == 4);
    BOOST_TEST(lane_of_room(1, lane_class::events) < lane_of_room(2, lane_class::results));
    BOOST_TEST(lane_of_hotel(1, lane_class::alarms) == -5);
    BOOST_TEST(lane_of_hotel(1, lane_class::events) > lane_of_hotel(2, lane_class::results));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::storage::sqlite
