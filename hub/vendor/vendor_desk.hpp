#pragma once
// Methods of lock clouds called by hand: checked, put on record, called through the command runner (its tokens,
// breakers, address guard and ceilings), and shown without secrets. Outside the lanes of the locks: what is called here
// may meet a command under way, and the lock cloud decides between them. io thread only.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/command_runner.hpp"
#include "schemas/domain/lock_cloud.hpp"
#include "schemas/domain/message_mask.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

struct vendor_request {
    account_id account;
    std::string method;
    wire::form fields;
    bool confirmed = false;  // who asks knows that the method changes something
    std::string actor;
};

// As it may be shown: no PIN, token or secret stands in it.
struct vendor_said {
    method_answer::outcome what = method_answer::outcome::unavailable;
    std::int64_t code = 0;
    std::string message;
    std::string body;  // JSON; "" where there is none
    std::optional<duration> retry_after;
    code_meaning meaning;  // of a refusal
};

class vendor_desk {
  public:
    // All references outlive it.
    vendor_desk(dispatch::command_runner& commands, storage::store& store, const clock& time)
        : commands_(commands), store_(store), time_(time) {}

    // Replaces all; at any time.
    void set_clouds(std::vector<std::shared_ptr<const lock_cloud>> clouds) { clouds_ = std::move(clouds); }

    // The request a call would make, with its secrets masked; nothing is sent or recorded. Fails with not_found (no
    // such account or method) and invalid_input (the fields).
    result<wire::http_request> rehearse(const vendor_request& wanted) const;

    // Every call that is made leaves an audit row with what came of it; where the method changes something, a first row
    // is durable before the call. Fails as rehearse(), with conflict where a change is not confirmed, and with timeout
    // or unavailable where no answer came: the message says whether the method may have been carried out.
    dispatch::task<result<vendor_said>> call(vendor_request wanted);

  private:
    struct plan {
        std::shared_ptr<const lock_cloud> cloud;
        const vendor_method* method = nullptr;
        message_mask mask;
        wire::http_request message;  // with stand-ins for token and nonce
    };
    result<plan> prepare(const vendor_request& wanted) const;
    dispatch::task<result<storage::nothing>> note(storage::audit_entry entry);

    dispatch::command_runner& commands_;
    storage::store& store_;
    const clock& time_;
    std::vector<std::shared_ptr<const lock_cloud>> clouds_;
};

}  // namespace lockhub::hub
