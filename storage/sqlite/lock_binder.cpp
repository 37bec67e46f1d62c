#include "storage/sqlite/lock_binder.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "schemas/quhuhu/lock_texts.hpp"
#include "storage/sqlite/command_outcome.hpp"

namespace lockhub::storage::sqlite {

namespace {

lock_service service_of(command_verb verb) {
    const bool card = verb == command_verb::make_card || verb == command_verb::read_card ||
                      verb == command_verb::clear_card || verb == command_verb::lose_cards;
    return card ? lock_service::card : lock_service::password;
}

struct unfinished_command {
    std::int64_t id = 0;
    std::string action;
    command_state state = command_state::pending;
    bool sent = false;
};

}  // namespace

lock_binder::lock_binder(workspace& w, directory_report& report, effect how)
    : w_(w), report_(report), how_(how), unfinished_(w.db, R"(
SELECT c.command_id, c.action_id, c.state, c.sends, a.verb
FROM actions AS a CROSS JOIN commands AS c ON c.action_id = a.action_id
WHERE a.room_row = ? AND a.state IN ('open', 'unverifiable') AND c.finished_at_ms IS NULL
ORDER BY c.command_id)") {}

result<bool> lock_binder::tie(const room_place& room, lock_service service, std::optional<std::int64_t> lock_row) {
    const auto before = w_.directory.lock_of_room(room.room_row, to_string(service));
    if (before == lock_row) return false;
    if (before) {
        if (auto free = let_go(room, service, *before); !free) return std::unexpected(std::move(free.error()));
        report_.changed.locks_unbound += 1;
    }
    if (!lock_row) {
        w_.directory.unbind(room.room_row, to_string(service));
        report_.add(directory_difference::kind::lock_unbound, room.pms, room.hotel, room.room, name_of(before), "");
        return true;
    }
    if (auto taken = take_from_others(room, service, *lock_row); !taken)
        return std::unexpected(std::move(taken.error()));
    w_.directory.bind(room.room_row, to_string(service), *lock_row);
    report_.changed.locks_bound += 1;
    report_.add(directory_difference::kind::lock_bound, room.pms, room.hotel, room.room, name_of(before),
                name_of(lock_row));
    return true;
}

result<nothing> lock_binder::take_from_others(const room_place& room, lock_service service, std::int64_t lock_row) {
    for (const auto& other : w_.directory.rooms_of_lock(lock_row, to_string(service))) {
        if (other.room_row == room.room_row) continue;
        if (auto free = let_go(other, service, lock_row); !free) return free;
        w_.directory.unbind(other.room_row, to_string(service));
        report_.changed.locks_unbound += 1;
        report_.add(directory_difference::kind::lock_unbound, other.pms, other.hotel, other.room, name_of(lock_row),
                    "");
    }
    return nothing{};
}

result<nothing> lock_binder::let_go(const room_place& room, lock_service service, std::int64_t lock_row) {
    std::vector<unfinished_command> found;
    for (auto row = unfinished_.query(room.room_row); row.next();) {
        const auto verb = command_verb_from(row.text(4));
        if (!verb) throw std::logic_error("an action with a verb nobody knows");
        if (service_of(*verb) == service)
            found.push_back(
                {row.integer(0), row.string(1), command_state_from(row.text(2)).value(), row.integer(3) > 0});
    }
    for (const auto& command : found)
        if (command.state != command_state::pending || command.sent)
            return fail(
                errc::conflict,
                fmt::format(
                    "room {} of hotel {} ({}): action {} is under way on its lock {} ({}); {}", room.room, room.hotel,
                    room.pms, command.action, name_of(lock_row), to_string(command.state),
                    command.state == command_state::unverifiable ? "decide it first" : "try again when it has ended"));
    if (how_ == effect::directory_only) return nothing{};
    for (const auto& unsent : found) {
        auto command = w_.commands.find(unsent.id);
        if (!command) throw std::logic_error("a command is gone that was there");
        finish_command(w_, *std::move(command),
                       {.state = command_state::rejected,
                        .final_code = -1,
                        .credential_ref = {},
                        .message = std::string(quhuhu::lock_changed_text),
                        .vendor_code = 0});
    }
    return nothing{};
}

std::string lock_binder::name_of(std::optional<std::int64_t> lock_row) {
    if (!lock_row) return {};
    const auto lock = w_.locks.at(*lock_row);
    return fmt::format("{}/{}", lock.account, lock.uuid);
}

}  // namespace lockhub::storage::sqlite
