#include "schemas/yeeuu/signature.hpp"

#include "schemas/wire/digest.hpp"
#include "schemas/yeeuu/seconds.hpp"

namespace lockhub::yeeuu {

std::string make_token(std::string_view timestamp, const secret& key, std::string_view nonce) {
    return wire::sha1_hex({timestamp, key.reveal(), nonce});
}

wire::form signed_fields(const account_settings& settings, const signing& how) {
    const auto timestamp = in_seconds(how.now);
    wire::form out;
    out.add("partnerId", settings.partner_id);
    out.add("timestamp", timestamp);
    out.add("nonstr", std::string(how.nonce));
    out.add("token", make_token(timestamp, settings.key, how.nonce));
    return out;
}

}  // namespace lockhub::yeeuu
