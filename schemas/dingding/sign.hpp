#pragma once
// The `sign` of a push: lower-case hex MD5 of the registered URL followed at once by the top-level fields. It proves
// integrity, not origin: its only key is the URL.
#include <string>
#include <string_view>

#include "schemas/dingding/message.hpp"

namespace lockhub::dingding {

enum class sign_state { missing, valid, wrong };

// How strings inside nested values take part. No sample shows which one 丁盯 means where the wire has escapes; wires
// without a backslash make both the same.
enum class nested_text { as_written, unescaped };

// What the MD5 runs over: "<url>k1=v1&k2=v2…", all fields but `sign`, sorted by name.
std::string sign_text(std::string_view registered_url, const push_message& message, nested_text nested);

// Compares ignoring case. A null or empty `sign` is a missing one.
sign_state check_sign(std::string_view registered_url, const push_message& message);

}  // namespace lockhub::dingding
