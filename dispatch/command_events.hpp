#pragma once
// What a conversation with a lock cloud means to the command it was about. Pure.
#include "dispatch/cloud_talk.hpp"
#include "dispatch/core/command_machine.hpp"

namespace lockhub::dispatch {

// Of a command that was sent.
command_event_type event_of(call_result<command_answer> said);
// Of a question about it.
command_event_type event_of(call_result<probe_reply> said);

}  // namespace lockhub::dispatch
