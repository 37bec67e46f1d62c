#include "hub/lockapi/lockapi_reads.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/test/unit_test.hpp>

#include "hub/system/reader_pool.hpp"
#include "tests/support/empty_reader.hpp"
#include "tests/support/run_task.hpp"

using namespace lockhub;

namespace {

// One hotel with one room; what it was asked for shows in its answers.
class small_reader : public test::empty_reader {
  public:
    result<std::vector<storage::lockapi_room>> lockapi_rooms(const pms_id&, const hotel_no& hotel,
                                                             const std::vector<std::string>& types,
                                                             const std::vector<room_id>&) override {
        if (hotel.value != "H1") return fail(errc::not_found, "no such hotel");
        return std::vector<storage::lockapi_room>{{types.at(0), "r1", true}};
    }
    result<std::vector<storage::room_locks>> locks_of_rooms(const pms_id&, const hotel_no&,
                                                            const std::vector<room_id>& rooms) override {
        std::vector<storage::room_locks> out;
        for (const auto& room : rooms) out.emplace_back().room_id = room.value;
        return out;
    }
    result<storage::log_rows> lock_log(const storage::log_question& question) override {
        storage::log_rows out;
        out.total = question.count;
        return out;
    }
};

void check(dispatch::asio::io_context& io, hub::lockapi_reads& reads) {
    const auto rooms = test::run_task(io, reads.rooms(pms_id("p"), hotel_no("H1"), {"RT1"}, {}));
    BOOST_REQUIRE(rooms.has_value());
    BOOST_TEST(rooms->at(0).room_type_code == "RT1");
    const auto unknown = test::run_task(io, reads.rooms(pms_id("p"), hotel_no("H2"), {"RT1"}, {}));
    BOOST_REQUIRE(!unknown.has_value());
    BOOST_TEST((unknown.error().code == errc::not_found));
    const auto locks =
        test::run_task(io, reads.locks_of_rooms(pms_id("p"), hotel_no("H1"), {room_id("r1"), room_id("r2")}));
    BOOST_REQUIRE(locks.has_value());
    BOOST_TEST(locks->at(1).room_id == "r2");
    storage::log_question question;
    question.count = 7;
    const auto log = test::run_task(io, reads.lock_log(question));
    BOOST_REQUIRE(log.has_value());
    BOOST_TEST(log->total == 7u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_reads_test)

BOOST_AUTO_TEST_CASE(reads_go_straight_to_a_reader) {
    dispatch::asio::io_context io(1);
    small_reader reader;
    hub::direct_reads reads(reader);
    check(io, reads);
}

BOOST_AUTO_TEST_CASE(reads_go_to_a_pool_and_come_back) {
    dispatch::asio::io_context io(1);
    hub::reader_pool pool(io.get_executor(), [] { return std::make_unique<small_reader>(); });
    hub::pooled_reads reads(pool);
    check(io, reads);
}

BOOST_AUTO_TEST_CASE(a_pool_that_has_stopped_says_unavailable) {
    dispatch::asio::io_context io(1);
    hub::reader_pool pool(io.get_executor(), [] { return std::make_unique<small_reader>(); });
    hub::pooled_reads reads(pool);
    pool.stop();
    const auto refused = test::run_task(io, reads.lock_log({}));
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::unavailable));
}

BOOST_AUTO_TEST_SUITE_END()
