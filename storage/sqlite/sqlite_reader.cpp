#include "storage/sqlite/sqlite_reader.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <stdexcept>

#include "schemas/core/limits.hpp"
#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/delivery_query.hpp"
#include "storage/sqlite/lock_table.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/open.hpp"
#include "storage/sqlite/place_table.hpp"
#include "storage/sqlite/row_readers.hpp"
#include "storage/sqlite/snapshot.hpp"

namespace lockhub::storage {

result<std::unique_ptr<reader>> open_reader(const std::filesystem::path& path, const clock&,
                                            std::optional<secret> seal_key) {
    std::error_code ec;
    if (!std::filesystem::exists(path, ec))
        return fail(errc::not_found, fmt::format("{}: no such file", path.string()));
    try {
        return std::make_unique<sqlite::sqlite_reader>(path.string(), std::move(seal_key));
    } catch (const sqlite::engine_failure& why) {
        return fail(errc::unavailable, fmt::format("{}: {}", path.string(), why.what()));
    } catch (const std::runtime_error& why) {
        return fail(errc::unavailable, why.what());
    }
}

}  // namespace lockhub::storage

namespace lockhub::storage::sqlite {

namespace {

std::size_t page(std::size_t limit) {
    return std::min(limit, limits::operator_page_rows);
}

std::vector<attempt_row> attempts_of(database& db, std::int64_t delivery) {
    statement find(db, R"(
SELECT number, started_at_ms, finished_at_ms, why, http_status, message, response FROM attempts
WHERE delivery_id = ? ORDER BY attempt_id)");
    std::vector<attempt_row> out;
    auto row = find.query(delivery);
    while (row.next())
        out.push_back({.number = static_cast<std::uint32_t>(row.integer(0)),
                       .started_at = row.time(1),
                       .finished_at = row.time(2),
                       .why = error_class_from(row.text(3)).value_or(error_class::none),
                       .http_status = static_cast<int>(row.integer(4)),
                       .message = row.string(5),
                       .response = row.string(6)});
    return out;
}

}  // namespace

sqlite_reader::sqlite_reader(const std::string& path, std::optional<secret> seal_key)
    : db_(path, database::mode::read_only) {
    if (seal_key) seal_.emplace(std::move(*seal_key));
    require_current_schema(db_);
}

result<std::vector<delivery_row>> sqlite_reader::list_deliveries(const delivery_filter& filter, std::size_t limit) {
    return on_snapshot(db_, [&] {
        auto where = condition_of(filter);
        where.values.emplace_back(static_cast<std::int64_t>(page(limit)));
        statement find(db_, fmt::format("SELECT {} FROM {} WHERE {} ORDER BY o.delivery_id DESC LIMIT ?",
                                        delivery_columns, delivery_tables, where.sql));
        std::vector<delivery_row> out;
        auto row = find.query_values(where.values);
        while (row.next()) out.push_back(read_delivery(row));
        return out;
    });
}

result<delivery_detail> sqlite_reader::explain_delivery(delivery_id id) {
    auto found = on_snapshot(db_, [&]() -> std::optional<delivery_detail> {
        statement find(db_, fmt::format("SELECT {}, o.payload FROM {} WHERE o.delivery_id = ?", delivery_columns,
                                        delivery_tables));
        delivery_detail out;
        {
            auto row = find.query(id.value);
            if (!row.next()) return std::nullopt;
            out.row = read_delivery(row);
            out.payload = row.string(delivery_column_count);
        }
        out.attempts = attempts_of(db_, id.value);
        if (!out.row.action.empty()) out.action = load_action(db_, out.row.action);
        return out;
    });
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return fail(errc::not_found, fmt::format("delivery {} is not known", id.value));
    return **std::move(found);
}

result<std::vector<action_row>> sqlite_reader::list_actions(const std::string& state, std::size_t limit) {
    if (!state.empty() && !action_state_from(state))
        return fail(errc::invalid_input, fmt::format("'{}' is no action state", state));
    return on_snapshot(db_, [&] { return load_actions(db_, state, page(limit)); });
}

result<action_row> sqlite_reader::find_action(const action_id& id) {
    auto found = on_snapshot(db_, [&] { return load_action(db_, id.value); });
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return fail(errc::not_found, fmt::format("action {} is not known", id.value));
    return **std::move(found);
}

result<std::vector<directory_listing_row>> sqlite_reader::list_directory(const std::string& pms,
                                                                         const std::string& hotel, std::size_t limit) {
    return on_snapshot(db_, [&] {
        statement find(db_, fmt::format("SELECT {} WHERE (?1 = '' OR h.pms_id = ?1) AND (?2 = '' OR h.hotel_no = ?2) "
                                        "ORDER BY h.pms_id, h.hotel_no, r.room_id LIMIT ?3",
                                        directory_columns_and_tables));
        std::vector<directory_listing_row> out;
        auto row = find.query(pms, hotel, std::min(limit, limits::directory_rows));
        while (row.next()) out.push_back(read_directory(row));
        return out;
    });
}

result<std::vector<std::pair<account_id, std::string>>> sqlite_reader::unbound_locks(std::size_t limit) {
    return on_snapshot(db_, [&] {
        statement find(db_, R"(
SELECT l.account, l.lock_uuid FROM locks AS l
WHERE NOT EXISTS (SELECT 1 FROM room_locks AS b WHERE b.lock_row = l.lock_row)
  AND substr(l.lock_uuid, 1, length(?1)) <> ?1
ORDER BY l.account, l.lock_uuid LIMIT ?2)");
        std::vector<std::pair<account_id, std::string>> out;
        auto row = find.query(reader_uuid_prefix, page(limit));
        while (row.next()) out.emplace_back(account_id(row.string(0)), row.string(1));
        return out;
    });
}

result<std::vector<provisioned_home>> sqlite_reader::provisioned_homes(const account_id& account) {
    return on_snapshot(db_, [&] { return load_provisioned_homes(db_, account.value); });
}

result<conservation> sqlite_reader::count_conservation() {
    return on_snapshot(db_, [&] {
        // One pass without GROUP BY, which would sort every row of the outbox in memory.
        statement by_state(db_, R"(
SELECT COUNT(*) FILTER (WHERE state IN ('ready', 'queued', 'leased')), COUNT(*) FILTER (WHERE state = 'held'),
       COUNT(*) FILTER (WHERE state = 'delivered'), COUNT(*) FILTER (WHERE state = 'dead'),
       COUNT(*) FILTER (WHERE state = 'discarded')
FROM outbox)");
        statement ledger(db_, "SELECT value FROM ledger WHERE name = ?");
        const auto counter = [&](std::string_view name) {
            auto row = ledger.query(name);
            return row.next() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
        };
        conservation out;
        out.accepted = counter("accepted");
        out.expunged = counter("expunged");
        auto row = by_state.query();
        row.next();
        const auto count = [&](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
        out.pending = count(0);
        out.held = count(1);
        out.delivered = count(2);
        out.dead = count(3);
        out.discarded = count(4);
        return out;
    });
}

result<depths> sqlite_reader::count_depths() {
    return on_snapshot(db_, [&] {
        // Ids grow with time, so the lowest id of a state is its oldest row: the counts come from indexes alone.
        statement deliveries(db_, R"(
SELECT n.state, n.rows_waiting, o.created_at_ms FROM (
    SELECT 'ready' AS state, COUNT(*) AS rows_waiting, MIN(delivery_id) AS oldest
    FROM outbox INDEXED BY outbox_due WHERE state = 'ready'
    UNION ALL
    SELECT 'queued', COUNT(*), MIN(delivery_id) FROM outbox INDEXED BY outbox_lanes
    WHERE finished_at_ms IS NULL AND held_reason IS NULL AND state = 'queued'
    UNION ALL
    SELECT 'leased', COUNT(*), MIN(delivery_id) FROM outbox INDEXED BY outbox_leased WHERE state = 'leased'
    UNION ALL
    SELECT 'held', COUNT(*), MIN(delivery_id) FROM outbox INDEXED BY outbox_held WHERE state = 'held') AS n
JOIN outbox AS o ON o.delivery_id = n.oldest ORDER BY n.state)");
        statement commands(db_, R"(
SELECT state, COUNT(*), MIN(opened_at_ms) FROM commands
WHERE state IN ('pending', 'sending', 'uncertain', 'probing', 'awaiting', 'polling')
GROUP BY state
UNION ALL
SELECT 'unverifiable', COUNT(*), MIN(opened_at_ms) FROM commands WHERE state = 'unverifiable' HAVING COUNT(*) > 0)");
        statement parked(db_, "SELECT COUNT(*), MIN(received_at_ms) FROM parked_results WHERE state = 'parked'");
        depths out;
        for (auto row = deliveries.query(); row.next();)
            out.deliveries[row.string(0)] = {static_cast<std::uint64_t>(row.integer(1)), row.time(2)};
        for (auto row = commands.query(); row.next();)
            out.commands[row.string(0)] = {static_cast<std::uint64_t>(row.integer(1)), row.time(2)};
        if (auto row = parked.query(); row.next())
            out.parked_results = {static_cast<std::uint64_t>(row.integer(0)), row.time(1)};
        return out;
    });
}

result<std::uint64_t> sqlite_reader::backup(const std::string& path) {
    try {
        return write_backup(db_, path);
    } catch (const std::exception& why) {
        return fail(errc::unavailable, why.what());
    }
}

}  // namespace lockhub::storage::sqlite
