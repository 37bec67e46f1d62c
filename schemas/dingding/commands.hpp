#pragma once
// The calls that carry commands, and their answers (document 001 section 6, PROTOCOLS 2.4 and 2.6).
#include "schemas/core/result.hpp"
#include "schemas/dingding/cloud.hpp"

namespace lockhub::dingding {

// Fails with invalid_input where the command lacks what its call needs: a lock, a PIN of digits, a password id.
// Reading calls are GET and carry the token in the URL: their URLs are secret.
result<wire::http_request> encode_command(const account_settings& settings, const vendor_command& command,
                                          const access_token& token, time_point now);

// Calls that change a lock are only accepted here: their result follows. Reading calls are done at once.
command_reply decode_command(const vendor_command& command, const wire::http_response& response);

// GET fetch_passwords of the lock the command names, or of its room.
result<wire::http_request> encode_fetch_passwords(const account_settings& settings, const vendor_command& command,
                                                  const access_token& token);

}  // namespace lockhub::dingding
