#pragma once
// The operator API: what `lockhub outbox retry` and its like ask of the running service. JSON in and out, bearer token,
// on the unix socket and for loopback clients only.
//
//   GET  /operator/status
//   POST /operator/outbox/retry|hold|release|discard   {"ids":[1], "state":"dead", "pms":…, "hotel":…, "room":…,
//        "action":…, "event":…, "error":…, "created_from_ms":…, "created_until_ms":…, "dry_run":true, "actor":…,
//        "reason":…}; one filter at least
//     → {"matched":2, "skipped":0, "states":[{"state":"dead","matched":2,"skipped":0}]}; states in a dry run only
//   POST /operator/action/decide                        {"action":…, "succeeded":true, "actor":…, "reason":…}
//   POST /operator/directory/import?dry_run=1&actor=…   the CSV as the body
//     → {"hotels_added":…, "room_types_added":…, …}
//   POST /operator/vendor/call                          a method of a lock cloud: see vendor_route.hpp
//   POST /operator/provision                            a hotel at a lock cloud: see provision_route.hpp
//   and what directory_routes.hpp and drift_routes.hpp say
// Refusals are {"error":"sentence","code":"invalid_input"} with 400, 401, 403, 404, 409, 413 or 503.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/reconciler.hpp"
#include "hub/directory/directory_sync.hpp"
#include "hub/http/router.hpp"
#include "hub/observe/service_report.hpp"
#include "hub/system/reader_pool.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/core/secret.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

class provisioning;
class vendor_desk;

struct operator_services {
    storage::store* store = nullptr;  // all pointers outlive the routes
    const clock* time = nullptr;
    secret token;
    std::function<service_report()> report;
    vendor_desk* vendors = nullptr;  // without it no method of a lock cloud is called
    reader_pool* readers = nullptr;  // where large files are read; without it that happens on the io thread
    directory_sync* directories = nullptr;
    dispatch::reconciler* reconciliation = nullptr;
    std::function<task<result<command_facts>>(account_id, vendor_command)> ask{};  // as command_runner::ask has it
    provisioning* provisions = nullptr;
    std::function<bool(const account_id&)> serves_account{};  // without it: every account
};

// Routes for the operator socket and, when it is wanted there, the public listener.
std::vector<route> operator_routes(operator_services services);

// The body of an outbox call as a change; the message of a failure names the member. `verb` and `dry_run` included.
result<storage::operator_change> parse_outbox_change(storage::delivery_verb verb, std::string_view body);

}  // namespace lockhub::hub
