#include "schemas/domain/lock_event.hpp"

#include "schemas/core/name_table.hpp"

namespace lockhub {

namespace {

// In the order of event_kind.
constexpr name_table<event_kind, event_kind::other> names{{
    "lock.battery_low",
    "lock.battery_ok",
    "lock.battery_level",
    "lock.tampered",
    "lock.wrong_password",
    "lock.opened",
    "lock.offline",
    "lock.online",
    "gateway.offline",
    "gateway.online",
    "password.synced",
    "password.added_locally",
    "password.deleted_locally",
    "password.updated_locally",
    "lock.fault",
    "vendor.other",
}};
static_assert(names.whole());

}  // namespace

std::string_view to_string(event_kind kind) {
    return names.of(kind);
}

std::optional<event_kind> event_kind_from(std::string_view name) {
    return names.find(name);
}

bool is_alarm(event_kind kind) {
    switch (kind) {
        case event_kind::battery_low:
        case event_kind::tampered:
        case event_kind::wrong_password:
        case event_kind::lock_offline:
        case event_kind::gateway_offline:
        case event_kind::lock_fault:
            return true;
        default:
            return false;
    }
}

}  // namespace lockhub
