#pragma once
// What makes two pushes one. 丁盯 sends no message id.
#include <cstdint>
#include <optional>
#include <string_view>

#include "schemas/core/ids.hpp"
#include "schemas/dingding/message.hpp"
#include "schemas/domain/push.hpp"

namespace lockhub::dingding {

// `order` is the event's time or the result's serviceid, where it is a number above 0. A repeat may have its fields in
// another order, other blanks, another `sign` or another nickname; other content makes another push.
dedupe_key make_dedupe_key(const account_id& account, const push_message& message, bool is_result,
                           std::optional<std::int64_t> order);

}  // namespace lockhub::dingding
