#include "hub/provision/place_reads.hpp"

#include "schemas/core/limits.hpp"

namespace lockhub::hub {

using rooms_of_hotel = std::vector<storage::directory_listing_row>;
using homes_of_account = std::vector<storage::provisioned_home>;

dispatch::task<result<rooms_of_hotel>> pooled_place_reads::rooms(pms_id pms, hotel_no hotel) {
    auto rows = co_await readers_.read<rooms_of_hotel>([pms, hotel](storage::reader& from) {
        return from.list_directory(pms.value, hotel.value, limits::provision_rooms + 1);
    });
    co_return rows;
}

dispatch::task<result<homes_of_account>> pooled_place_reads::homes(account_id account) {
    auto homes = co_await readers_.read<homes_of_account>(
        [account](storage::reader& from) { return from.provisioned_homes(account); });
    co_return homes;
}

}  // namespace lockhub::hub
