#pragma once
// A reader of a database with nothing in it; tests override what they ask for.
#include "storage/reader.hpp"

namespace lockhub::test {

class empty_reader : public storage::reader {
  public:
    result<std::vector<storage::lockapi_room>> lockapi_rooms(const pms_id&, const hotel_no&,
                                                             const std::vector<std::string>&,
                                                             const std::vector<room_id>&) override {
        return {};
    }
    result<std::vector<storage::room_locks>> locks_of_rooms(const pms_id&, const hotel_no&,
                                                            const std::vector<room_id>&) override {
        return {};
    }
    result<storage::log_rows> lock_log(const storage::log_question&) override { return {}; }
    result<std::vector<storage::delivery_row>> list_deliveries(const storage::delivery_filter&, std::size_t) override {
        return {};
    }
    result<storage::delivery_detail> explain_delivery(delivery_id) override {
        return fail(errc::not_found, "no such delivery");
    }
    result<std::vector<storage::action_row>> list_actions(const std::string&, std::size_t) override { return {}; }
    result<storage::action_row> find_action(const action_id&) override {
        return fail(errc::not_found, "no such action");
    }
    result<std::vector<storage::directory_listing_row>> list_directory(const std::string&, const std::string&,
                                                                       std::size_t) override {
        return {};
    }
    result<std::vector<std::pair<account_id, std::string>>> unbound_locks(std::size_t) override { return {}; }
    result<std::vector<storage::drift_row>> list_differences(const storage::drift_filter&, std::size_t) override {
        return {};
    }
    result<std::vector<storage::drift_count>> count_differences() override { return {}; }
    result<std::vector<storage::provisioned_home>> provisioned_homes(const account_id&) override { return {}; }
    result<storage::conservation> count_conservation() override { return {}; }
    result<storage::depths> count_depths() override { return {}; }
    result<std::uint64_t> backup(const std::string&) override { return fail(errc::unavailable, "nothing to copy"); }
};

}  // namespace lockhub::test
