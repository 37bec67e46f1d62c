#pragma once
// The numbers in 丁盯's ErrNo: document 001 section 3.1, and those met in the wild.
#include <cstdint>
#include <string_view>

namespace lockhub::dingding {

// In Chinese; "" for numbers nobody published.
std::string_view describe_code(std::int64_t code);

// True for the codes that ask for a new token: invalid, expired, logged out, refused.
bool asks_for_token(std::int64_t code);

}  // namespace lockhub::dingding
