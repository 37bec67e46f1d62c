#pragma once
// Cuts text to a number of bytes without cutting a UTF-8 character in two.
#include <cstddef>
#include <string>
#include <string_view>

namespace lockhub::dispatch {

inline std::string_view bounded_text(std::string_view text, std::size_t most_bytes) {
    if (text.size() <= most_bytes) return text;
    std::size_t end = most_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

}  // namespace lockhub::dispatch
