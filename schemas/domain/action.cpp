#include "schemas/domain/action.hpp"

#include <array>

namespace lockhub {

namespace {

// Each table in the order of its enumeration.
constexpr std::array<std::string_view, 6> action_states{"open",   "unverifiable", "succeeded",
                                                        "failed", "expired",      "superseded"};
constexpr std::array<std::string_view, 11> command_states{"pending",  "sending", "uncertain",    "probing",
                                                          "awaiting", "polling", "unverifiable", "done",
                                                          "rejected", "expired", "superseded"};
static_assert(static_cast<std::size_t>(action_state::superseded) + 1 == action_states.size());
static_assert(static_cast<std::size_t>(command_state::superseded) + 1 == command_states.size());

template <class Enum, class Names>
std::optional<Enum> find(const Names& names, std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_string(action_state state) {
    return action_states.at(static_cast<std::size_t>(state));
}
std::optional<action_state> action_state_from(std::string_view name) {
    return find<action_state>(action_states, name);
}

bool is_final(action_state state) {
    return state != action_state::open && state != action_state::unverifiable;
}

std::string_view to_string(command_state state) {
    return command_states.at(static_cast<std::size_t>(state));
}
std::optional<command_state> command_state_from(std::string_view name) {
    return find<command_state>(command_states, name);
}

bool is_final(command_state state) {
    switch (state) {
        case command_state::done:
        case command_state::rejected:
        case command_state::expired:
        case command_state::superseded:
            return true;
        default:
            return false;
    }
}

bool is_leased(command_state state) {
    return state == command_state::sending || state == command_state::probing || state == command_state::polling;
}

}  // namespace lockhub
