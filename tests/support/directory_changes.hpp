#pragma once
// Changes of the directory by hand, by a PMS and lock by lock, and what they say they did.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "tests/support/store_rig.hpp"

namespace lockhub::test {

inline storage::directory_changed import_rows(store_rig& rig, std::vector<directory_row> rows, bool dry_run = false) {
    return rig
        .call<storage::directory_changed>([&](auto done) {
            rig.store().change_directory({.rows = std::move(rows), .dry_run = dry_run, .actor = "wang"},
                                         std::move(done));
        })
        .value();
}

// A synchronisation: rows that say nothing of locks.
inline storage::directory_changed synchronise(store_rig& rig, std::vector<directory_row> rows, bool dry_run = false) {
    for (auto& row : rows) row.cloud_account = row.lock_uuid = row.cloud_home_id = row.cloud_room_id = "";
    return rig
        .call<storage::directory_changed>([&](auto done) {
            rig.store().change_directory(
                {.rows = std::move(rows), .dry_run = dry_run, .actor = "pms", .keep_bindings = true}, std::move(done));
        })
        .value();
}

inline storage::lock_binding binding(std::string room, std::string lock_uuid,
                                     storage::lock_service service = storage::lock_service::password) {
    storage::lock_binding out;
    out.pms = pms_id("demopms");
    out.hotel = hotel_no("H1");
    out.room = room_id(std::move(room));
    out.service = service;
    out.account = account_id(lock_uuid.empty() ? "" : "dd");
    out.lock_uuid = std::move(lock_uuid);
    out.actor = "wang";
    return out;
}

inline result<storage::directory_changed> bind_lock(store_rig& rig, storage::lock_binding b) {
    return rig.call<storage::directory_changed>(
        [&](auto done) { rig.store().bind_lock(std::move(b), std::move(done)); });
}

inline std::vector<std::string> lines(const storage::directory_changed& changed) {
    std::vector<std::string> out;
    for (const auto& d : changed.differences)
        out.push_back(
            fmt::format("{} {}/{}/{}: {} -> {}", to_string(d.what), d.pms, d.hotel, d.room, d.before, d.after));
    return out;
}

inline void require_lines(const storage::directory_changed& changed, const std::vector<std::string>& wanted) {
    const auto found = lines(changed);
    BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), wanted.begin(), wanted.end());
}

}  // namespace lockhub::test
