#include "dispatch/core/due_queue.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <random>

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;

namespace {

constexpr time_point start = from_unix_ms(1'760'000'000'000);

}  // namespace

BOOST_AUTO_TEST_SUITE(due_queue_test)

BOOST_AUTO_TEST_CASE(hands_out_keys_earliest_first_and_nothing_before_its_time) {
    due_queue queue;
    queue.note(0, start + 3s);
    queue.note(1, start + 1s);
    queue.note(2, start + 2s);
    BOOST_CHECK(queue.next_at() == start + 1s);
    BOOST_TEST(!queue.take_due(start + 999ms).has_value());
    BOOST_TEST(*queue.take_due(start + 2s) == 1u);
    BOOST_TEST(*queue.take_due(start + 2s) == 2u);
    BOOST_TEST(!queue.take_due(start + 2s).has_value());
    BOOST_TEST(*queue.take_due(start + 3s) == 0u);
    BOOST_CHECK(queue.next_at() == time_point::max());
}

BOOST_AUTO_TEST_CASE(keeps_one_entry_a_key_with_the_earliest_time_heard) {
    due_queue queue;
    queue.note(5, start + 3s);
    queue.note(5, start + 1s);
    queue.note(5, start + 2s);
    BOOST_TEST(queue.size() == 1u);
    BOOST_CHECK(queue.due_at(5) == start + 1s);
    queue.take_due(start + 1s);
    BOOST_TEST(queue.size() == 0u);
}

BOOST_AUTO_TEST_CASE(forgets_a_key) {
    due_queue queue;
    for (due_queue::key key = 0; key < 10; ++key) queue.note(key, start + duration(10 - key));
    queue.forget(9);
    queue.forget(3);
    queue.forget(77);
    BOOST_TEST(queue.size() == 8u);
    BOOST_TEST(*queue.take_due(start + 1s) == 8u);
    BOOST_TEST(!queue.due_at(3).has_value());
}

BOOST_AUTO_TEST_CASE(agrees_with_a_plain_map_over_many_random_steps) {
    std::mt19937 random(11);
    due_queue queue;
    std::map<due_queue::key, time_point> model;
    for (int step = 0; step < 20'000; ++step) {
        const auto key = static_cast<due_queue::key>(random() % 50);
        const time_point at = start + duration(random() % 1'000);
        if (const auto choice = random() % 10; choice < 6) {
            queue.note(key, at);
            const auto [place, fresh] = model.emplace(key, at);
            if (!fresh) place->second = std::min(place->second, at);
        } else if (choice < 7) {
            queue.forget(key);
            model.erase(key);
        } else {
            const auto earliest = std::ranges::min_element(
                model, {}, [](const auto& entry) { return std::pair(entry.second, entry.first); });
            const auto taken = queue.take_due(at);
            BOOST_REQUIRE(taken.has_value() == (earliest != model.end() && earliest->second <= at));
            if (taken) {
                BOOST_REQUIRE(*taken == earliest->first);
                model.erase(earliest);
            }
        }
        BOOST_REQUIRE(queue.size() == model.size());
    }
}

BOOST_AUTO_TEST_SUITE_END()
