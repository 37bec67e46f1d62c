#include "schemas/domain/command.hpp"

#include <array>

namespace lockhub {

namespace {

// In the order of command_verb.
constexpr std::array<std::string_view, 8> names{"set_pin",      "replace_pin", "remove_pin",       "freeze_pin",
                                                "unfreeze_pin", "read_pins",   "read_dynamic_pin", "read_lock"};
static_assert(static_cast<std::size_t>(command_verb::read_lock) + 1 == names.size());

}  // namespace

std::string_view to_string(command_verb verb) {
    return names.at(static_cast<std::size_t>(verb));
}

std::optional<command_verb> command_verb_from(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<command_verb>(i);
    }
    return std::nullopt;
}

bool changes_lock(command_verb verb) {
    switch (verb) {
        case command_verb::set_pin:
        case command_verb::replace_pin:
        case command_verb::remove_pin:
        case command_verb::freeze_pin:
        case command_verb::unfreeze_pin:
            return true;
        case command_verb::read_pins:
        case command_verb::read_dynamic_pin:
        case command_verb::read_lock:
            return false;
    }
    return true;
}

}  // namespace lockhub
