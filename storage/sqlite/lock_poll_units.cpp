#include "storage/sqlite/lock_poll_units.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/domain/polled_opening.hpp"
#include "storage/sqlite/push_units.hpp"

namespace lockhub::storage::sqlite {

namespace {

bool tell(workspace& w, const polled_openings& read, const reported_opening& opening) {
    const push_record record{.account = read.account,
                             .push = push_of(read.account, read.lock_uuid, opening),
                             .body = body_of(read.lock_uuid, opening),
                             .received_at = read.read_at};
    const auto stored = record_push(w, record);
    return stored && !stored->repeat;
}

}  // namespace

result<std::vector<polled_lock>> list_polled_locks(workspace& w, const account_id& account) {
    std::vector<polled_lock> out;
    for (auto& found : w.lock_polls.list(account.value)) {
        if (!found.begun) found.lock.tells_from = w.lock_polls.begin(found.lock_row, w.now());
        out.push_back(std::move(found.lock));
    }
    return out;
}

result<openings_recorded> record_openings(workspace& w, const polled_openings& read) {
    if (read.openings.size() > limits::reported_openings)
        return fail(errc::too_large, fmt::format("{} openings in one report, at most {} are taken",
                                                 read.openings.size(), limits::reported_openings));
    const auto* const lock = w.known.find(read.account.value, read.lock_uuid);
    if (!lock)
        return fail(errc::not_found, fmt::format("{}: nobody heard of lock {}", read.account.value, read.lock_uuid));
    const auto row = lock->row;
    const auto tells_from = w.lock_polls.begin(row, w.now());
    openings_recorded out;
    for (const auto& opening : read.openings) {
        if (opening.occurred_at >= tells_from) {
            if (tell(w, read, opening)) ++out.told;
            continue;
        }
        w.lock_log.insert({.occurred_at = opening.occurred_at,
                           .lock_row = row,
                           .source = opening.source,
                           .source_id = opening.source_id,
                           .source_name = opening.source_name});
    }
    if (read.read_until) w.lock_polls.advance(row, *read.read_until);
    return out;
}

}  // namespace lockhub::storage::sqlite
