#include "storage/sqlite/place_units.hpp"

#include <fmt/format.h>

namespace lockhub::storage::sqlite {

result<places_changed> change_places(workspace& w, const places_change& change) {
    const auto& account = change.account.value;
    if (change.places.size() > limits::provision_rooms + 1)
        return fail(errc::too_large, fmt::format("{} places of one hotel, at most {} are taken", change.places.size(),
                                                 limits::provision_rooms));
    const auto hotel = w.directory.find_hotel(change.pms.value, change.hotel.value);
    if (!hotel)
        return fail(errc::not_found,
                    fmt::format("the directory has no hotel {} of {}", change.hotel.value, change.pms.value));
    const auto home = w.places.home_of(account, *hotel);
    if (home && *home != change.home_id)
        return fail(errc::conflict, fmt::format("hotel {} of {} is home {} at {}, not {}", change.hotel.value,
                                                change.pms.value, *home, account, change.home_id));
    if (w.places.is_taken(account, change.home_id, *hotel))
        return fail(errc::conflict,
                    fmt::format("home {} at {} is another hotel's: choose another", change.home_id, account));
    const auto now = w.now();
    for (const auto& place : change.places) w.places.write(account, *hotel, change.home_id, place, now);
    for (const auto& id : change.gone) w.places.forget(account, *hotel, id);
    places_changed out;
    if (change.fill_locks) out.locks_filled = static_cast<std::uint64_t>(w.places.fill_locks(account, *hotel));
    const auto& audit = change.audit;
    if (!audit.actor.empty()) w.audit.add(now, audit.actor, audit.verb, audit.subject, audit.reason, 0);
    return out;
}

}  // namespace lockhub::storage::sqlite
