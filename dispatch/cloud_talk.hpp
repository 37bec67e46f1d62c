#pragma once
// The conversations there are: a command and its reply, a question about a command and its answer, a method by name.
#include <memory>

#include "dispatch/cloud_caller.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/domain/lock_cloud.hpp"

namespace lockhub::dispatch {

struct command_answer {
    command_reply reply;
    int http_status = 0;
};

struct method_called {
    method_answer answer;
    secret sent_with;  // the token: what the cloud may repeat in its answer
};

// `time` outlives them.
conversation<command_answer> talk_to_send(std::shared_ptr<const lock_cloud> cloud, vendor_command command,
                                          const clock& time);
// Ends with cannot_encode where the cloud has no way to ask.
conversation<probe_reply> talk_to_ask(std::shared_ptr<const lock_cloud> cloud, vendor_command command,
                                      const clock& time);

// `method` is of the cloud's own table.
conversation<method_called> talk_to_call(std::shared_ptr<const lock_cloud> cloud, const vendor_method& method,
                                         wire::form fields, const clock& time);

// What a reply means to somebody who asked for facts.
result<command_facts> facts_of(command_reply reply);

}  // namespace lockhub::dispatch
