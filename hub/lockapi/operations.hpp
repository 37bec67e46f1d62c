#pragma once
// What each method of the lockapi does once its request is checked (document 000, sections 五 and 八). One task a
// request, on the io thread; answers are the JSON body the PMS gets.
#include <array>
#include <cstddef>
#include <functional>
#include <string>

#include "dispatch/net/task.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/core/ids.hpp"
#include "schemas/core/result.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/quhuhu/request.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

// Asks a lock cloud something within the request: read-only verbs, no action, no intent.
using ask_cloud = std::function<dispatch::task<result<command_facts>>(account_id, vendor_command)>;

struct operation_answer {
    std::string body;
    int code = 0;  // of the body, for metrics
    unsigned retry_after_seconds = 0;
    bool unavailable = false;  // 503: the hub cannot store
};

class operations {
  public:
    // All must outlive it.
    operations(storage::store& store, entropy& random, ask_cloud ask);

    // `request_key` names the request's fields without hmac: a repeat while its action is open gets the same actionId.
    dispatch::task<operation_answer> run(quhuhu::request request, std::array<std::byte, 16> request_key);

  private:
    dispatch::task<operation_answer> enable_password(quhuhu::request request, std::array<std::byte, 16> request_key);
    dispatch::task<operation_answer> answer_dynamic_pin(quhuhu::request request, storage::action_request action,
                                                        storage::action_opened lock);
    std::uint32_t random_number();

    storage::store& store_;
    entropy& random_;
    ask_cloud ask_;
};

// {"code":…,"msg":…} with the document's text, or ours.
operation_answer refused(quhuhu::status code, std::string message = {});
operation_answer not_stored(const error& why);

}  // namespace lockhub::hub
