#include "schemas/domain/action.hpp"

#include "schemas/core/name_table.hpp"

namespace lockhub {

namespace {

// Each table in the order of its enumeration.
constexpr name_table<action_state, action_state::superseded> action_states{
    {"open", "unverifiable", "succeeded", "failed", "expired", "superseded"}};
constexpr name_table<command_state, command_state::superseded> command_states{
    {"pending", "sending", "uncertain", "probing", "awaiting", "polling", "unverifiable", "done", "rejected", "expired",
     "superseded"}};
static_assert(action_states.whole());
static_assert(command_states.whole());

}  // namespace

std::string_view to_string(action_state state) {
    return action_states.of(state);
}
std::optional<action_state> action_state_from(std::string_view name) {
    return action_states.find(name);
}

bool is_final(action_state state) {
    return state != action_state::open && state != action_state::unverifiable;
}

std::string_view to_string(command_state state) {
    return command_states.of(state);
}
std::optional<command_state> command_state_from(std::string_view name) {
    return command_states.find(name);
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
