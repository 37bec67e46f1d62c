#pragma once
// What the gateway's answers mean: to the command they answer, and to one whose own answer was lost.
#include "schemas/domain/command.hpp"
#include "schemas/gateway/cloud.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::gateway {

command_reply decode_answer(const account_settings& settings, const vendor_command& command,
                            const wire::http_response& response);

// The command whose call is the question about `command`: itself where repeating it ends in the same state, ReadCard
// for a card that may have been made. nullopt for calls that change nothing and are simply made again.
std::optional<vendor_command> question_about(const vendor_command& command);

// `response` answers question_about(command). A refusal proves nothing about the first call: undecided, unless it says
// that the lock was not reached, which is asked again.
probe_reply decode_probe(const account_settings& settings, const vendor_command& command,
                         const wire::http_response& response);

}  // namespace lockhub::gateway
