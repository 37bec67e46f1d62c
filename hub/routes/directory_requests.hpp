#pragma once
// The bodies of the operator's directory calls, and what is answered. Pure.
#include <string>
#include <string_view>

#include "hub/directory/directory_sync.hpp"
#include "hub/directory/lock_suggestions.hpp"
#include "schemas/core/result.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

struct sync_request {
    pms_id pms;
    bool dry_run = false;
    std::string actor;
};

// The message of a failure names the member.
result<sync_request> parse_sync(std::string_view body);
// `unbind`: takes no lock.
result<storage::lock_binding> parse_binding(std::string_view body, bool unbind);
result<suggestion_request> parse_suggestion(std::string_view body);

std::string to_json(const storage::directory_changed& changed);
std::string to_json(const directory_synced& done, bool dry_run);
std::string to_json(const lock_suggestions& found, bool apply);

}  // namespace lockhub::hub
