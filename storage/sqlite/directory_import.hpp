#pragma once
// Rows of an import or a synchronisation, saved one after another, and what that changed.
#include <map>
#include <utility>
#include <vector>

#include "storage/sqlite/lock_binder.hpp"

namespace lockhub::storage::sqlite {

class directory_import {
  public:
    directory_import(workspace& w, bool keep_bindings, lock_binder::effect how);

    result<nothing> save(const directory_row& row);
    // After the last row: looks for rooms of the same hotels that no row named.
    directory_changed finish();

  private:
    struct hotel_name {
        std::string pms;
        std::string hotel;
    };

    std::int64_t save_hotel(const directory_row& row);
    std::int64_t save_room_type(const directory_row& row, std::int64_t hotel_row);
    // The room's row, and whether it differs from what was there.
    std::pair<std::int64_t, bool> save_room(const directory_row& row, std::int64_t hotel_row, std::int64_t type_row);
    result<bool> tie(const directory_row& row, std::int64_t hotel_row, std::int64_t room_row);

    workspace& w_;
    bool keep_bindings_;
    directory_report report_;
    lock_binder binder_;
    std::map<std::int64_t, hotel_name> hotels_;
    std::vector<std::int64_t> rooms_;  // that the rows named
};

}  // namespace lockhub::storage::sqlite
