#pragma once
// provisioned_places: homes and rooms as lock clouds were told of them.
#include <optional>
#include <string>
#include <vector>

#include "storage/provisioning.hpp"
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

class place_table {
  public:
    explicit place_table(database& db);

    // The home of the hotel at the account.
    std::optional<std::string> home_of(std::string_view account, std::int64_t hotel_row);
    // Whether another hotel has that home.
    bool is_taken(std::string_view account, std::string_view home_id, std::int64_t hotel_row);
    void write(std::string_view account, std::int64_t hotel_row, std::string_view home_id,
               const remembered_place& place, time_point at);
    void forget(std::string_view account, std::int64_t hotel_row, std::string_view cloud_room_id);
    std::int64_t fill_locks(std::string_view account, std::int64_t hotel_row);

  private:
    statement home_of_;
    statement taken_;
    statement write_;
    statement forget_;
    statement fill_locks_;
};

// Of every hotel of the account, for readers.
std::vector<provisioned_home> load_provisioned_homes(database& db, std::string_view account);

}  // namespace lockhub::storage::sqlite
