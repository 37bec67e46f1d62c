#pragma once
#include <optional>

#include "schemas/wire/sealed.hpp"
#include "storage/reader.hpp"
#include "storage/sqlite/lockapi_statements.hpp"
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

class sqlite_reader final : public reader {
  public:
    // Throws std::runtime_error when the file is missing, no lockhub database, or of another schema.
    sqlite_reader(const std::string& path, std::optional<secret> seal_key);

    result<std::vector<lockapi_room>> lockapi_rooms(const pms_id& pms, const hotel_no& hotel,
                                                    const std::vector<std::string>& room_type_codes,
                                                    const std::vector<room_id>& rooms) override;
    result<std::vector<room_locks>> locks_of_rooms(const pms_id& pms, const hotel_no& hotel,
                                                   const std::vector<room_id>& rooms) override;
    result<log_rows> lock_log(const log_question& question) override;
    result<std::vector<delivery_row>> list_deliveries(const delivery_filter& filter, std::size_t limit) override;
    result<delivery_detail> explain_delivery(delivery_id id) override;
    result<std::vector<action_row>> list_actions(const std::string& state, std::size_t limit) override;
    result<action_row> find_action(const action_id& id) override;
    result<std::vector<directory_listing_row>> list_directory(const std::string& pms, const std::string& hotel,
                                                              std::size_t limit) override;
    result<std::vector<std::pair<account_id, std::string>>> unbound_locks(std::size_t limit) override;
    result<std::vector<drift_row>> list_differences(const drift_filter& filter, std::size_t limit) override;
    result<std::vector<drift_count>> count_differences() override;
    result<std::vector<provisioned_home>> provisioned_homes(const account_id& account) override;
    result<conservation> count_conservation() override;
    result<depths> count_depths() override;
    result<std::uint64_t> backup(const std::string& path) override;

  private:
    lockapi_statements& lockapi();
    std::optional<std::int64_t> find_hotel(const pms_id& pms, const hotel_no& hotel);

    database db_;
    std::optional<wire::sealer> seal_;           // nullopt: PINs stay hidden
    std::optional<lockapi_statements> lockapi_;  // prepared by the first who asks
};

}  // namespace lockhub::storage::sqlite
