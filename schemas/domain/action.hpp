#pragma once
// Actions: what a PMS asked for under one actionId, and the commands that carry it to a lock cloud.
#include <cstdint>
#include <optional>
#include <string_view>

namespace lockhub {

enum class action_state : std::uint8_t {
    open,
    unverifiable,  // sent, reply lost, and the cloud cannot be asked: an operator decides
    succeeded,     // final
    failed,        // final
    expired,       // final: no result within the wait
    superseded,    // final: a newer action of the same lock took its place before it was sent
};
std::string_view to_string(action_state state);
std::optional<action_state> action_state_from(std::string_view name);
bool is_final(action_state state);

enum class command_state : std::uint8_t {
    pending,       // sent when due
    sending,       // leased: the intent is durable, the call may be on its way
    uncertain,     // the reply was lost: the cloud is asked before anything is sent again
    probing,       // leased: asking
    awaiting,      // accepted by the cloud: the result comes by push or poll
    polling,       // leased: asking for the result
    unverifiable,  // an operator decides
    done,          // final
    rejected,      // final
    expired,       // final
    superseded,    // final
};
std::string_view to_string(command_state state);
std::optional<command_state> command_state_from(std::string_view name);
bool is_final(command_state state);
bool is_leased(command_state state);

}  // namespace lockhub
