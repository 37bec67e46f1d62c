#include "storage/sqlite/event_projection.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/quhuhu/callback.hpp"
#include "storage/sqlite/drift_keeping.hpp"
#include "storage/sqlite/lane.hpp"
#include "storage/sqlite/lane_keeping.hpp"

namespace lockhub::storage::sqlite {

namespace {

std::optional<bool> online_by(event_kind kind) {
    switch (kind) {
        case event_kind::lock_online:
        case event_kind::gateway_online:
            return true;
        case event_kind::lock_offline:
        case event_kind::gateway_offline:
            return false;
        default:
            return std::nullopt;
    }
}

bool is_gateway_event(event_kind kind) {
    return kind == event_kind::gateway_offline || kind == event_kind::gateway_online;
}

// Callbacks of one event. The first keeps the plain event id, further ones (other rooms) get a number of their own, so
// that a PMS that drops repeated ids drops none of them.
class event_callbacks {
  public:
    event_callbacks(workspace& w, const pushed_event& pushed) : w_(w), pushed_(pushed) {}

    void to_room(const room_place& place) { send(place, lane_of_room(place.room_row, lane()), place.room_row); }
    void to_hotel(room_place place) {
        place.room.clear();
        send(place, lane_of_hotel(place.hotel_row, lane()), std::nullopt);
    }

  private:
    lane_class lane() const { return is_alarm(pushed_.event.kind) ? lane_class::alarms : lane_class::events; }

    void send(const room_place& place, std::int64_t lane, std::optional<std::int64_t> room_row) {
        const auto kind = pushed_.event.kind;
        const auto hold = w_.policies.reason_to_hold(place.pms, delivery_kind::event, kind);
        if (hold == held_reason::not_subscribed) return;
        ++sent_;
        const auto event_id = sent_ == 1 ? fmt::format("{}-{}", pushed_.push, pushed_.number)
                                         : fmt::format("{}-{}-{}", pushed_.push, pushed_.number, sent_);
        const auto payload = quhuhu::event_payload({.event_id = event_id,
                                                    .event = pushed_.event,
                                                    .hotel_no = place.hotel,
                                                    .room_id = place.room,
                                                    .occurred_at = pushed_.occurred_at()});
        enqueue(w_, {.lane = lane,
                     .kind = delivery_kind::event,
                     .pms = place.pms,
                     .hotel = place.hotel,
                     .room = place.room,
                     .room_row = room_row,
                     .action = std::nullopt,
                     .event = to_string(kind),
                     .push = pushed_.push,
                     .payload = payload,
                     .created_at = pushed_.record.received_at,
                     .held_reason = hold});
    }

    workspace& w_;
    const pushed_event& pushed_;
    std::uint32_t sent_ = 0;
};

known_lock& know(workspace& w, const pushed_event& pushed, std::string_view uuid) {
    const auto& push = pushed.record.push;
    return w.known.find_or_add(pushed.record.account.value, uuid, push.home_id, push.room_id,
                               pushed.record.received_at);
}

std::optional<bool> battery_low_by(event_kind kind) {
    if (kind == event_kind::battery_low) return true;
    if (kind == event_kind::battery_ok) return false;
    return std::nullopt;
}

std::optional<bool> faulty_by(event_kind kind) {
    if (kind == event_kind::lock_fault) return true;
    if (kind == event_kind::opened) return false;
    return std::nullopt;
}

lock_news news_of(const pushed_event& pushed) {
    const auto kind = pushed.event.kind;
    return {.online = online_by(kind),
            .battery_percent = pushed.event.battery_percent,
            .battery_low = battery_low_by(kind),
            .faulty = faulty_by(kind),
            .occurred_at = pushed.occurred_at(),
            .heard_at = pushed.record.received_at};
}

void note_credential(workspace& w, const known_lock& lock, const pushed_event& pushed) {
    const auto& event = pushed.event;
    if (event.source_id.empty()) return;
    const bool written =
        event.kind == event_kind::password_added_locally || event.kind == event_kind::password_updated_locally;
    const bool deleted = event.kind == event_kind::password_deleted_locally;
    if (written) w.credentials.note_local(lock.row, event.source_id, pushed.occurred_at());
    if (deleted) w.credentials.mark_gone(lock.row, event.source_id, pushed.occurred_at());
    if (written || deleted) note_change_at_door(w, lock.row, pushed.record.account.value, w.now());
}

void note_whether_back(workspace& w, const known_lock& lock, const pushed_event& pushed) {
    if (online_by(pushed.event.kind) == true) note_lock_back(w, lock.row, pushed.record.account.value, w.now());
}

// False when the log has this opening, or this try, already.
bool log_at_door(workspace& w, const known_lock& lock, const pushed_event& pushed) {
    const auto& event = pushed.event;
    const bool succeeded = event.kind == event_kind::opened;
    return w.lock_log.insert({.occurred_at = pushed.occurred_at(),
                              .lock_row = lock.row,
                              .source = event.source.value_or(succeeded ? 0 : opened_by_password),
                              .source_id = event.source_id,
                              .source_name = event.source_name,
                              .succeeded = succeeded,
                              .push = pushed.push});
}

void project_lock_event(workspace& w, const pushed_event& pushed) {
    const auto& event = pushed.event;
    event_callbacks callbacks(w, pushed);
    // A collector speaks for the locks behind it, and is none itself.
    if (online_by(event.kind) && !event.subdevices.empty()) {
        for (const auto& uuid : event.subdevices) {
            auto& lock = know(w, pushed, uuid);
            w.known.note(lock, news_of(pushed));
            note_whether_back(w, lock, pushed);
            for (const auto& room : lock.rooms) callbacks.to_room(room);
        }
        return;
    }
    if (event.device_uuid.empty()) return;
    auto& lock = know(w, pushed, event.device_uuid);
    auto news = news_of(pushed);
    // A fault that is told late is over when the lock has been opened since.
    if (event.kind == event_kind::lock_fault && w.lock_log.opened_since(lock.row, news.occurred_at))
        news.faulty.reset();
    w.known.note(lock, news);
    if (event.device_uuid == pushed.record.push.device_uuid)
        w.known.note_gateway(lock, pushed.record.push.gateway_uuid);
    note_whether_back(w, lock, pushed);
    note_credential(w, lock, pushed);
    // Alarms are never told too seldom: a wrong password calls back even when the log has one of that moment.
    if (event.kind == event_kind::wrong_password) log_at_door(w, lock, pushed);
    if (event.kind == event_kind::opened && !log_at_door(w, lock, pushed)) return;
    for (const auto& room : lock.rooms) callbacks.to_room(room);
}

void add_hotels(std::vector<room_place>& hotels, const std::vector<room_place>& rooms) {
    for (const auto& room : rooms)
        if (std::ranges::find(hotels, room.hotel_row, &room_place::hotel_row) == hotels.end()) hotels.push_back(room);
}

// The hotels a gateway stands in: by itself, else by the locks behind it, else by its home.
std::vector<room_place> hotels_of_gateway(workspace& w, const pushed_event& pushed) {
    const auto& account = pushed.record.account.value;
    std::vector<room_place> hotels;
    if (const auto* gateway = w.known.find(account, pushed.event.device_uuid)) add_hotels(hotels, gateway->rooms);
    if (!hotels.empty()) return hotels;
    for (const auto& uuid : pushed.event.subdevices)
        if (const auto* lock = w.known.find(account, uuid)) add_hotels(hotels, lock->rooms);
    if (!hotels.empty() || pushed.record.push.home_id.empty()) return hotels;
    for (const auto row : w.locks.in_home(account, pushed.record.push.home_id))
        add_hotels(hotels, w.directory.rooms_of_lock(row));
    return hotels;
}

void project_gateway_event(workspace& w, const pushed_event& pushed) {
    for (const auto& uuid : pushed.event.subdevices) {
        auto& lock = know(w, pushed, uuid);
        w.known.note(lock, news_of(pushed));
        w.known.note_gateway(lock, pushed.event.device_uuid);
        note_whether_back(w, lock, pushed);
    }
    event_callbacks callbacks(w, pushed);
    for (const auto& hotel : hotels_of_gateway(w, pushed)) callbacks.to_hotel(hotel);
}

}  // namespace

void project_event(workspace& w, const pushed_event& pushed) {
    if (!pushed.event.about_lock) return;
    if (is_gateway_event(pushed.event.kind))
        project_gateway_event(w, pushed);
    else
        project_lock_event(w, pushed);
}

}  // namespace lockhub::storage::sqlite
