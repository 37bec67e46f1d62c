#pragma once
// What provisioning reads of the database.
#include <string>
#include <vector>

#include "dispatch/net/task.hpp"
#include "hub/system/reader_pool.hpp"
#include "schemas/core/ids.hpp"
#include "storage/reader.hpp"

namespace lockhub::hub {

class place_reads {
  public:
    virtual ~place_reads() = default;

    // At most one more than limits::provision_rooms. An empty PMS does not filter.
    virtual dispatch::task<result<std::vector<storage::directory_listing_row>>> rooms(pms_id pms, hotel_no hotel) = 0;
    virtual dispatch::task<result<std::vector<storage::provisioned_home>>> homes(account_id account) = 0;
};

class pooled_place_reads final : public place_reads {
  public:
    explicit pooled_place_reads(reader_pool& readers) : readers_(readers) {}  // outlives it

    dispatch::task<result<std::vector<storage::directory_listing_row>>> rooms(pms_id pms, hotel_no hotel) override;
    dispatch::task<result<std::vector<storage::provisioned_home>>> homes(account_id account) override;

  private:
    reader_pool& readers_;
};

}  // namespace lockhub::hub
