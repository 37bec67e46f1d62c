#pragma once
// The signatures, written a second time from PROTOCOLS 1.1, 2.3 and 3 and sharing nothing with schemas/: a mistake
// made there must not be made here as well.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockhub::simulators {

using text_fields = std::vector<std::pair<std::string, std::string>>;

std::string md5_hex_lower(std::string_view text);

// 丁盯 `sign`: fields are the top-level members as the rule wants them (null as "", objects as their compact JSON).
std::string dingding_sign(std::string_view registered_url, text_fields fields);

// 去呼呼 `hmac`, the vendor's demo: empty values and hmac itself dropped, key after the 12th character (UTF-16 unit).
std::string quhuhu_hmac(text_fields fields, std::string_view key);

// 云柚 `token`; `timestamp` as it stands on the wire.
std::string yeeuu_token(std::string_view timestamp, std::string_view secret, std::string_view nonce);

text_fields decode_form(std::string_view body);
std::string encode_form(const text_fields& fields);
// First value of that name, or "".
std::string field(const text_fields& fields, std::string_view name);

}  // namespace lockhub::simulators
