#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "schemas/core/limits.hpp"
#include "schemas/domain/lock_event.hpp"
#include "storage/sqlite/snapshot.hpp"
#include "storage/sqlite/sqlite_reader.hpp"

namespace lockhub::storage::sqlite {

namespace {

std::unexpected<error> no_such_hotel(const pms_id& pms, const hotel_no& hotel) {
    return fail(errc::not_found, fmt::format("hotel {} of {} is not in the directory", hotel.value, pms.value));
}

template <class T>
std::vector<T> each_once(std::vector<T> values) {
    std::ranges::sort(values);
    const auto repeats = std::ranges::unique(values);
    values.erase(repeats.begin(), repeats.end());
    return values;
}

void append(std::vector<lockapi_room>& to, rows& row) {
    while (row.next())
        to.push_back({.room_type_code = row.string(0), .room_id = row.string(1), .has_lock = row.flag(2)});
}

std::vector<lockapi_room> listed_rooms(lockapi_statements& sql, std::int64_t hotel,
                                       const std::vector<std::string>& room_type_codes,
                                       const std::vector<room_id>& wanted) {
    std::vector<lockapi_room> out;
    const auto types = each_once(room_type_codes);
    for (const auto& room : each_once(wanted)) {
        auto row = sql.one_room.query(hotel, room.value);
        append(out, row);
    }
    if (!wanted.empty()) {
        if (!types.empty())
            std::erase_if(out,
                          [&](const auto& room) { return !std::ranges::binary_search(types, room.room_type_code); });
        std::ranges::sort(out, {}, [](const auto& room) { return std::tie(room.room_type_code, room.room_id); });
        return out;
    }
    for (const auto& type : types) {
        auto row = sql.rooms_of_type.query(hotel, type);
        append(out, row);
    }
    if (types.empty()) {
        auto row = sql.rooms_of_hotel.query(hotel);
        append(out, row);
    }
    return out;
}

std::optional<int> optional_int(const rows& row, int column) {
    const auto value = row.optional_integer(column);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

room_lock read_lock(const rows& row) {
    room_lock out;
    out.account = account_id(row.string(2));
    out.lock_uuid = row.string(3);
    out.cloud_home_id = row.string(4);
    out.cloud_room_id = row.string(5);
    if (const auto online = row.optional_integer(6)) out.online = *online != 0;
    out.battery_percent = optional_int(row, 7);
    out.signal_percent = optional_int(row, 8);
    out.battery_low = row.flag(9) || (out.battery_percent && *out.battery_percent <= limits::low_battery_percent);
    out.faulty = row.flag(10);
    out.condition_at = row.time(11);
    return out;
}

room_locks read_room(lockapi_statements& sql, std::int64_t hotel, const room_id& room) {
    room_locks out;
    out.room_id = room.value;
    auto row = sql.locks_of_room.query(hotel, room.value);
    while (row.next()) {
        out.known = true;
        out.room_no = row.string(0);
        if (row.text(1) == to_string(lock_service::password)) out.password = read_lock(row);
        if (row.text(1) == to_string(lock_service::card)) out.card = read_lock(row);
    }
    return out;
}

std::string rows_of_rooms(lockapi_statements& sql, std::int64_t hotel, const std::vector<room_id>& rooms) {
    std::string json = "[";
    for (const auto& room : each_once(rooms)) {
        auto row = sql.room_row.query(hotel, room.value);
        if (row.next()) fmt::format_to(std::back_inserter(json), "{}{}", json.size() > 1 ? "," : "", row.integer(0));
    }
    return json + "]";
}

log_row read_log_row(const rows& row, const std::optional<wire::sealer>& seal) {
    log_row out;
    out.room_id = row.string(0);
    out.occurred_at = row.time(1);
    out.source = static_cast<int>(row.integer(2));
    out.source_id = row.string(3);
    out.source_name = row.string(4);
    out.succeeded = row.flag(5);
    if (!seal || row.is_null(7)) return out;
    auto pin = seal->open(row.text(7), row.text(6));
    if (!pin) throw engine_failure("a PIN of the log does not open: the seal key does not fit", false);
    out.pin = *std::move(pin);
    return out;
}

}  // namespace

lockapi_statements& sqlite_reader::lockapi() {
    if (!lockapi_) lockapi_.emplace(db_);
    return *lockapi_;
}

std::optional<std::int64_t> sqlite_reader::find_hotel(const pms_id& pms, const hotel_no& hotel) {
    auto row = lockapi().hotel.query(pms.value, hotel.value);
    return row.next() ? std::optional(row.integer(0)) : std::nullopt;
}

result<std::vector<lockapi_room>> sqlite_reader::lockapi_rooms(const pms_id& pms, const hotel_no& hotel,
                                                               const std::vector<std::string>& room_type_codes,
                                                               const std::vector<room_id>& rooms) {
    auto found = on_snapshot(db_, [&]() -> std::optional<std::vector<lockapi_room>> {
        const auto row = find_hotel(pms, hotel);
        if (!row) return std::nullopt;
        return listed_rooms(lockapi(), *row, room_type_codes, rooms);
    });
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return no_such_hotel(pms, hotel);
    return **std::move(found);
}

result<std::vector<room_locks>> sqlite_reader::locks_of_rooms(const pms_id& pms, const hotel_no& hotel,
                                                              const std::vector<room_id>& rooms) {
    auto found = on_snapshot(db_, [&]() -> std::optional<std::vector<room_locks>> {
        const auto row = find_hotel(pms, hotel);
        if (!row) return std::nullopt;
        std::vector<room_locks> out;
        out.reserve(rooms.size());
        for (const auto& room : rooms) out.push_back(read_room(lockapi(), *row, room));
        return out;
    });
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return no_such_hotel(pms, hotel);
    return **std::move(found);
}

result<log_rows> sqlite_reader::lock_log(const log_question& question) {
    auto found = on_snapshot(db_, [&]() -> std::optional<log_rows> {
        const auto hotel = find_hotel(question.pms, question.hotel);
        if (!hotel) return std::nullopt;
        auto& sql = lockapi();
        const auto rooms = rows_of_rooms(sql, *hotel, question.rooms);
        log_rows out;
        if (auto row = sql.log_total.query(rooms, question.from, question.until); row.next())
            out.total = static_cast<std::uint64_t>(row.integer(0));
        const auto count = std::min<std::size_t>(question.count, limits::lockapi_page_rows);
        if (question.offset >= out.total) return out;
        auto row = sql.log_page.query(rooms, question.from, question.until, count, question.offset, opened_by_password);
        while (row.next()) out.rows.push_back(read_log_row(row, seal_));
        return out;
    });
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return no_such_hotel(question.pms, question.hotel);
    return **std::move(found);
}

}  // namespace lockhub::storage::sqlite
