#pragma once
// The seam a lock cloud fills: a codec without I/O, clock or randomness. One object an account, immutable, any thread.
// A new lock cloud is one folder in schemas/ that implements this, and one line in the registry that reads its
// configuration section.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/core/result.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/core/time.hpp"
#include "schemas/domain/code_meaning.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/domain/push.hpp"
#include "schemas/domain/vendor_method.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub {

class place_codec;  // schemas/domain/provisioning.hpp

// One URL a cloud pushes to, as registered with it. The hub listens on the path of it.
struct push_endpoint {
    std::string registered_url;
    std::string path;
};

struct push_request {
    std::string_view registered_url;  // of the endpoint it came to: what `sign` is computed over
    std::string_view content_type;
    std::string_view body;
};

struct access_token {
    secret value;
    time_point expires_at{};
};

// What the rest of the program must know about a cloud before it opens an action on one of its locks.
struct cloud_traits {
    verb_set verbs;
    // Where the caller numbers the PINs on a lock itself (gateway: `m1`): the numbers there are. 0: the cloud does it.
    int first_pin_slot = 0;
    int last_pin_slot = 0;
    // The same for faces and fingerprints, each counted for itself. 0: the cloud has neither.
    int first_biometric_slot = 0;
    int last_biometric_slot = 0;
    // A computed PIN can be taken back before its end.
    bool removes_offline_pins = false;
    // Where nobody tells when a lock is back: so long it counts as off line after a refusal that said so.
    std::optional<duration> offline_believed_for;
    // Nobody tells when a door was opened: its log has to be polled.
    bool polls_openings = false;
    bool operator==(const cloud_traits&) const = default;
};

class lock_cloud {
  public:
    virtual ~lock_cloud() = default;

    virtual const account_id& account() const = 0;
    virtual std::string_view vendor() const = 0;  // "dingding"
    virtual cloud_traits traits() const = 0;

    // --- pushes
    virtual std::vector<push_endpoint> push_endpoints() const = 0;
    // Fails with invalid_input (cannot be parsed, or is no push of this cloud), unauthentic (sign) or too_large.
    virtual result<parsed_push> parse_push(const push_request& request) const = 0;
    // Acknowledgement bodies (JSON). `stored_records` is 0 for a repeat.
    virtual std::string acknowledge(std::size_t stored_records) const = 0;
    virtual std::string refuse(const error& why) const = 0;

    // --- token; nullopt where the cloud signs every request instead
    virtual std::optional<wire::http_request> encode_token_request(time_point now) const = 0;
    virtual result<access_token> decode_token(const wire::http_response& response, time_point now) const = 0;

    // --- commands. `nonce` is fresh random text of letters and digits for clouds that sign with one.
    // Fails with unsupported where the cloud has no such verb, invalid_input where the command lacks what it needs.
    virtual result<wire::http_request> encode(const vendor_command& command, const access_token& token, time_point now,
                                              std::string_view nonce) const = 0;
    virtual command_reply decode(const vendor_command& command, const wire::http_response& response,
                                 time_point now) const = 0;

    // The question to ask about a command whose reply was lost. nullopt where the cloud has no way to ask (then:
    // unverifiable). Where sending a command again ends in the same state (gateway: a PIN's number is ours, and a
    // repeat overwrites it with the same), the question is the command itself.
    virtual std::optional<wire::http_request> encode_probe(const vendor_command& command, const access_token& token,
                                                           time_point now, std::string_view nonce) const = 0;
    virtual probe_reply decode_probe(const vendor_command& command, const wire::http_response& response) const = 0;

    // --- methods called by name; a cloud without a table has none. `fields` are checked against the method's
    // parameters: invalid_input names the one that is missing, unknown or of the wrong form, and never shows the value
    // of a secret.
    virtual std::span<const vendor_method> methods() const { return {}; }
    virtual result<wire::http_request> encode_method(const vendor_method& method, const wire::form& fields,
                                                     const access_token& token, time_point now,
                                                     std::string_view nonce) const;
    virtual method_answer decode_method(const vendor_method& method, const wire::http_response& response) const;

    // Homes and rooms, where the cloud is told of them; nullptr: nothing can be made there.
    virtual const place_codec* places() const { return nullptr; }

    // What a refusal means; not known where nobody published it. Clouds without codes tell by their text.
    virtual code_meaning meaning_of(std::int64_t code, std::string_view message) const = 0;
};

}  // namespace lockhub
