#include "storage/sqlite/pin_units.hpp"

#include <fmt/format.h>

#include "storage/sqlite/superseding.hpp"

namespace lockhub::storage::sqlite {

namespace {

pin_known find_pin(workspace& w, const pin_question& question) {
    pin_known out;
    const auto room = w.directory.find_room(question.pms.value, question.hotel.value, question.room.value);
    if (!room) {
        out.what = pin_known::kind::unknown_room;
        return out;
    }
    const auto lock = w.directory.lock_of_room(room->room_row, password_service);
    if (!lock) {
        out.what = pin_known::kind::no_lock;
        return out;
    }
    for (const auto verb : {command_verb::set_pin, command_verb::freeze_pin})
        out.change_under_way =
            out.change_under_way ||
            has_open_rival(w, {.room_row = room->room_row, .verb = verb, .manage = question.manage, .holder = {}});
    const auto pin = w.credentials.find_valid(*lock, room->room_row, purpose_of(question.manage), w.now());
    if (!pin) return out;
    const auto action = w.actions.find(pin->action);
    if (!action || action->sealed_pin.empty()) return out;
    out.what = pin_known::kind::known;
    out.pin = w.seal.open(action->sealed_pin, action->action);
    out.valid_until = pin->valid_until;
    out.frozen = pin->frozen;
    return out;
}

}  // namespace

result<pin_known> reveal_pin(workspace& w, const pin_question& question) {
    auto known = find_pin(w, question);
    w.audit.add(w.now(),
                fmt::format("pms {}: {} {}", question.pms.value, question.operator_guid, question.operator_name),
                question.method, fmt::format("room {} of hotel {}", question.room.value, question.hotel.value), "",
                known.what == pin_known::kind::known ? 1 : 0);
    return known;
}

}  // namespace lockhub::storage::sqlite
