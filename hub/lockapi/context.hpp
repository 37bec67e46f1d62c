#pragma once
// What the methods of the lockapi work with, and one call as they get it. io thread only.
#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "dispatch/log_reader.hpp"
#include "dispatch/net/await_store.hpp"
#include "dispatch/net/task_group.hpp"
#include "dispatch/net/waiter.hpp"
#include "hub/config/config.hpp"
#include "hub/lockapi/account_pulse.hpp"
#include "hub/lockapi/action_waits.hpp"
#include "hub/lockapi/answers.hpp"
#include "hub/lockapi/lockapi_reads.hpp"
#include "hub/lockapi/log_freshness.hpp"
#include "hub/lockapi/reader_book.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/quhuhu/request.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

using dispatch::task;

// Asks a lock cloud something within the request: read-only verbs, no action, no intent. It does not begin to call
// after `until`.
using dispatch::ask_cloud;

// What the configuration says; replaced as a whole when it is read again.
struct lockapi_settings {
    lockapi_config rules;
    reader_book readers;
    std::unordered_map<std::string, verb_set> served;  // by account: what its lock cloud can do
    std::unordered_set<std::string> polled;            // accounts whose logs are read for their openings

    bool serves(const account_id& account, command_verb verb) const {
        const auto found = served.find(account.value);
        return found != served.end() && found->second.has(verb);
    }
};

struct lockapi_context {
    storage::store& store;
    entropy& random;
    const clock& time;
    dispatch::waiter_factory& waiters;
    lockapi_reads& reads;
    ask_cloud ask;
    dispatch::task_group tasks;  // what goes on beside a request, or after it
    lockapi_settings settings{};
    action_waits waits{waiters, time};
    log_freshness log_asked{};
    account_pulse pulse{};
};

struct lockapi_call {
    quhuhu::request request;
    std::array<std::byte, 16> key{};  // names the request's fields without hmac
    time_point until{};               // when it must know its answer: a little before the request's time is over
};

}  // namespace lockhub::hub
