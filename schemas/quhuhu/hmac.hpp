#pragma once
// `hmac` of document 000, which is no HMAC: an upper-case MD5 over the sorted fields with the key spliced in
// (PROTOCOLS 1.1).
#include <string>
#include <string_view>

#include "schemas/core/secret.hpp"
#include "schemas/wire/form.hpp"

namespace lockhub::quhuhu {

enum class hmac_variant {
    demo,                  // A: empty values dropped, key after the 12th UTF-16 unit. What lockhub itself signs with
    keep_empty_byte12,     // B: empty values kept, `k=v` texts sorted, key after the 12th byte
    legacy_sorted_values,  // C: API 1.0, all values sorted and joined. Off by default: it sends the key in clear
};

// The text before MD5, with the key in it: for tests and nothing else.
std::string sign_string(const wire::form& fields, const secret& key, hmac_variant variant);
std::string make_hmac(const wire::form& fields, const secret& key, hmac_variant variant = hmac_variant::demo);

// A first, then B, then C where allowed; either case; constant time.
bool verify_hmac(const wire::form& fields, std::string_view hmac, const secret& key, bool allow_legacy = false);

}  // namespace lockhub::quhuhu
