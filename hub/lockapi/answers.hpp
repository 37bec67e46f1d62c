#pragma once
// Answers that several methods give.
#include <string>
#include <string_view>

#include "schemas/core/ids.hpp"
#include "schemas/core/result.hpp"
#include "schemas/quhuhu/status.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

struct operation_answer {
    std::string body;
    int code = 0;  // of the body, for metrics
    unsigned retry_after_seconds = 0;
    bool unavailable = false;  // 503: the hub cannot store
};

operation_answer answered();                                                           // code 0, nothing else
operation_answer answered(std::string_view data_json, std::string_view message = {});  // code 0 with `data`
// {"code":…,"msg":…} with the document's text, or ours.
operation_answer refused(quhuhu::status code, std::string_view message = {});

operation_answer not_stored(const error& why);
operation_answer not_read(const error& why);  // an unknown hotel: -2000
operation_answer too_late();                  // no answer within limits::lockapi_request_timeout

// -8105 无直连门锁服务, with why and the room.
operation_answer no_lock_service(const room_id& room, std::string_view why);
// What open_action answers where it opens nothing and every method says the same: an unknown room, no lock, a lock or a
// card reader that does not serve it. Broken invariant for the other kinds.
operation_answer not_opened(const storage::action_opened& outcome, const storage::action_request& request);

}  // namespace lockhub::hub
