#pragma once
// What a conversation with a lock cloud means to the command it was about. Pure.
#include "dispatch/cloud_talk.hpp"
#include "dispatch/core/command_machine.hpp"

namespace lockhub::dispatch {

// Of a command that was sent.
command_event_type event_of(call_result<command_answer> said);
// Of a question about it.
command_event_type event_of(call_result<probe_reply> said);

// A leased command in `state` that got no turn at its account; `paused_until` is epoch where no pause is the reason.
command_event_type event_without_turn(command_state state, time_point paused_until);

}  // namespace lockhub::dispatch
