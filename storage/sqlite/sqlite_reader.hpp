#pragma once
#include "storage/reader.hpp"
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

class sqlite_reader final : public reader {
  public:
    // Throws std::runtime_error when the file is missing, no lockhub database, or of another schema.
    explicit sqlite_reader(const std::string& path);

    result<std::vector<delivery_row>> list_deliveries(const delivery_filter& filter, std::size_t limit) override;
    result<delivery_detail> explain_delivery(delivery_id id) override;
    result<std::vector<action_row>> list_actions(const std::string& state, std::size_t limit) override;
    result<action_row> find_action(const action_id& id) override;
    result<std::vector<directory_listing_row>> list_directory(const std::string& pms, const std::string& hotel,
                                                              std::size_t limit) override;
    result<std::vector<std::pair<account_id, std::string>>> unbound_locks(std::size_t limit) override;
    result<conservation> count_conservation() override;
    result<depths> count_depths() override;
    result<std::uint64_t> backup(const std::string& path) override;

  private:
    database db_;
};

}  // namespace lockhub::storage::sqlite
