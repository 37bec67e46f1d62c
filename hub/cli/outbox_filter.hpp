#pragma once
// The filters of `lockhub outbox …`, from text to what storage and the service take. Pure.
#include "hub/cli/commands.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

// The message of a failure names the option, and suggests where a word is nearly right.
result<storage::delivery_filter> read_filter(const outbox_options& options, time_point now);

// The body of POST /operator/outbox/{verb}.
std::string change_body(const storage::delivery_filter& filter, bool dry_run, std::string_view actor,
                        std::string_view reason);

bool names_nothing(const storage::delivery_filter& filter);
// True when ids alone name the rows.
bool only_ids(const storage::delivery_filter& filter);

}  // namespace lockhub::hub
