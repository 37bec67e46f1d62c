#pragma once
// The calls that carry commands (document 002).
#include "schemas/core/result.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/gateway/cloud.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::gateway {

// Fails with unsupported where the gateway has no such call, with invalid_input where the command lacks what its call
// needs: a room id, a PIN of 6 to 10 digits, a picture or a fingerprint with the beginning of its validity, a sequence
// number from the range, a card. Every body carries appsecret: it is secret.
result<wire::http_request> encode_call(const account_settings& settings, const vendor_command& command);

// The call of that name, with appid and appsecret before its parameters; in the account's body format.
wire::http_request make_request(const account_settings& settings, std::string_view call, const wire::form& parameters);

// True for calls the gateway passes on to the lock itself: their answers say whether it was reached.
bool reaches_lock(command_verb verb);

// Passwords, faces and fingerprints are counted each for itself.
inline constexpr int first_sequence_number = 1;
// The document gives a range for faces and fingerprints only; passwords keep to the same.
inline constexpr int last_sequence_number = 49;

}  // namespace lockhub::gateway
