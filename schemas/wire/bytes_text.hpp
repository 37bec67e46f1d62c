#pragma once
// Bytes as text: base64 (RFC 4648, padded) for pictures, hexadecimal pairs for fingerprints.
#include <string>
#include <string_view>

namespace lockhub::wire {

std::string encode_base64(std::string_view bytes);
std::string encode_hex(std::string_view bytes);  // "ab-cd-ef"

bool is_base64(std::string_view text);  // one text without blanks; not empty
bool is_hex(std::string_view text);     // pairs, with or without '-' between them; not empty

}  // namespace lockhub::wire
