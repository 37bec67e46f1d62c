#pragma once
// Commands as calls, and their answers. Everything is done when 云柚 answers: no result follows.
#include "schemas/core/result.hpp"
#include "schemas/yeeuu/signature.hpp"

namespace lockhub::yeeuu {

inline constexpr verb_set verbs{command_verb::set_pin,      command_verb::replace_pin,  command_verb::remove_pin,
                                command_verb::read_log,     command_verb::count_log,    command_verb::open_door,
                                command_verb::grant_access, command_verb::revoke_access};
// Where no number is configured to open doors from afar with.
inline constexpr verb_set verbs_without_opener{
    command_verb::set_pin,   command_verb::replace_pin,  command_verb::remove_pin,   command_verb::read_log,
    command_verb::count_log, command_verb::grant_access, command_verb::revoke_access};

// Fails with invalid_input where the command lacks what its call needs: an apartment's code, a building, a PIN of
// digits, the number a PIN stands under, the number that gets or loses access, a whole page of a log; or where nobody
// is configured to open doors from afar.
result<wire::http_request> encode_command(const account_settings& settings, const vendor_command& command,
                                          const signing& how);

command_reply decode_command(const account_settings& settings, const vendor_command& command,
                             const wire::http_response& response);

// True for verbs whose call, sent again, ends in the same state: that is how a lost reply is asked about. Not for a
// door to open: it would open a second time.
bool can_be_repeated(command_verb verb);
probe_reply decode_probe(const account_settings& settings, const vendor_command& command,
                         const wire::http_response& response);

}  // namespace lockhub::yeeuu
