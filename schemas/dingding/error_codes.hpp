#pragma once
// The numbers in 丁盯's ErrNo: document 001 section 3.1, and those met in the wild (PROTOCOLS 2.4).
#include <cstdint>
#include <string_view>

#include "schemas/domain/code_meaning.hpp"

namespace lockhub::dingding {

// Not known for numbers nobody published.
code_meaning meaning_of_code(std::int64_t code);

// In Chinese; "" for numbers nobody published.
std::string_view describe_code(std::int64_t code);

// True for the codes that ask for a new token: invalid, expired, logged out, refused.
bool asks_for_token(std::int64_t code);

}  // namespace lockhub::dingding
