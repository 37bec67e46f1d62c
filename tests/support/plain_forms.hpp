#pragma once
// The forms in which a secret could stand in clear somewhere.
#include <string>
#include <string_view>
#include <vector>

namespace lockhub::test {

// The text itself, hexadecimal in either case, percent-encoded, and base64 as it reads wherever the text begins inside
// what is encoded (the characters that depend on what stands beside it left out). Texts of 4 bytes and more.
std::vector<std::string> plain_forms(std::string_view text);

// The first of these forms that stands in `haystack`, or "".
std::string find_plain(std::string_view haystack, std::string_view text);

}  // namespace lockhub::test
