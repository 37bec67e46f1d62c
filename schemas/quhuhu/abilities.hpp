#pragma once
// What a room can do, by name: queryRoomAbilities answers with these. It follows from the verbs of the room's lock
// clouds.
#include <span>
#include <string_view>
#include <vector>

#include "schemas/domain/command.hpp"

namespace lockhub::quhuhu {

struct ability {
    enum class lock {
        password,
        card,
        either
    };  // a room may have its passwords from one lock and its cards from another

    std::string_view name;
    command_verb verb = command_verb::set_pin;
    lock of = lock::password;
};

std::span<const ability> ability_table();

// In the order of the table. A room without the lock has no verbs for it.
std::vector<std::string_view> abilities_of(verb_set password_lock, verb_set card_lock);

}  // namespace lockhub::quhuhu
