#include "dispatch/net/connection_pool.hpp"

#include <boost/test/unit_test.hpp>

namespace lockhub::test {

using dispatch::connection;
using dispatch::connection_pool;
using dispatch::task;
using namespace std::chrono_literals;

namespace {

class named_connection final : public connection {
  public:
    explicit named_connection(int n, bool dead = false) : number(n), dead_(dead) {}

    task<std::optional<dispatch::connect_failure>> open(wire::ip_address, std::uint16_t) override {
        co_return std::nullopt;
    }
    task<std::expected<dispatch::exchange_answer, dispatch::exchange_failure>> exchange(std::string_view,
                                                                                        std::string_view,
                                                                                        bool) override {
        co_return dispatch::exchange_answer{};
    }
    bool stale() override { return dead_; }
    task<void> goodbye() override { co_return; }
    bool wants_goodbye() const override { return false; }
    void abort() override { dead_ = true; }

    int number;

  private:
    bool dead_;
};

std::unique_ptr<connection> numbered(int n) {
    return std::make_unique<named_connection>(n);
}
std::unique_ptr<connection> dead(int n) {
    return std::make_unique<named_connection>(n, true);
}

// 0 for none.
int number_of(const std::unique_ptr<connection>& line) {
    return line ? static_cast<const named_connection&>(*line).number : 0;
}

std::vector<int> numbers_of(const std::vector<std::unique_ptr<connection>>& lines) {
    std::vector<int> numbers;
    for (const auto& line : lines) numbers.push_back(number_of(line));
    return numbers;
}

constexpr time_point start = from_unix_ms(0);

}  // namespace

BOOST_AUTO_TEST_SUITE(connection_pool_test)

BOOST_AUTO_TEST_CASE(the_connection_used_last_goes_out_first_and_keys_do_not_mix) {
    connection_pool pool({.per_key = 4, .total = 8, .lifetime = 30s});
    pool.put("a", numbered(1), start);
    pool.put("b", numbered(2), start);
    pool.put("a", numbered(3), start);
    BOOST_TEST(number_of(pool.take("a", start)) == 3);
    BOOST_TEST(number_of(pool.take("a", start)) == 1);
    BOOST_TEST(number_of(pool.take("a", start)) == 0);
    BOOST_TEST(number_of(pool.take("b", start)) == 2);
    BOOST_TEST(pool.size() == 0U);
}

BOOST_AUTO_TEST_CASE(dead_and_outlived_connections_are_passed_over_and_dropped) {
    connection_pool pool({.per_key = 4, .total = 8, .lifetime = 30s});
    pool.put("a", numbered(1), start);
    pool.put("a", numbered(2), start + 10s);
    pool.put("a", dead(3), start + 10s);
    BOOST_TEST(number_of(pool.take("a", start + 30s)) == 2);
    BOOST_TEST(number_of(pool.take("a", start + 30s)) == 0);
    BOOST_TEST((numbers_of(pool.take_dropped()) == std::vector{3, 1}));
}

BOOST_AUTO_TEST_CASE(beyond_the_bound_of_a_key_the_newcomer_goes_beyond_the_whole_bound_the_longest_idle) {
    connection_pool pool({.per_key = 2, .total = 3, .lifetime = 30s});
    pool.put("a", numbered(1), start);
    pool.put("a", numbered(2), start);
    pool.put("a", numbered(3), start);
    BOOST_TEST((numbers_of(pool.take_dropped()) == std::vector{3}));
    pool.put("b", numbered(4), start);
    pool.put("b", numbered(5), start);
    BOOST_TEST((numbers_of(pool.take_dropped()) == std::vector{1}));
    BOOST_TEST(pool.size() == 3U);
}

BOOST_AUTO_TEST_CASE(what_outlived_its_time_leaves_though_nobody_asks) {
    connection_pool pool({.per_key = 4, .total = 8, .lifetime = 30s});
    pool.put("a", numbered(1), start);
    pool.put("b", numbered(2), start + 1s);
    pool.drop_outlived(start + 30s);
    BOOST_TEST((numbers_of(pool.take_dropped()) == std::vector{1}));
    BOOST_TEST(pool.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
