#pragma once
// Digests by OpenSSL EVP. Throw std::runtime_error only when the library itself fails.
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace lockhub::wire {

std::string md5_hex(std::initializer_list<std::string_view> parts);   // lower case, of the parts joined
std::string sha1_hex(std::initializer_list<std::string_view> parts);  // lower case
std::array<std::byte, 32> sha256(std::initializer_list<std::string_view> parts);

std::string to_upper_ascii(std::string text);
bool equal_ignoring_case(std::string_view a, std::string_view b);  // ASCII only, in constant time for equal lengths

}  // namespace lockhub::wire
