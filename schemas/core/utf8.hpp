#pragma once
// UTF-8 checks for text from outside. A well-formed text has no overlong form, no surrogate and nothing past U+10FFFF.
#include <cstddef>
#include <string_view>

namespace lockhub {

bool is_utf8(std::string_view text);

// Length in bytes of the well-formed sequence at the start of `text`; 0 when there is none.
std::size_t utf8_sequence_length(std::string_view text);

// The longest head of at most `max_bytes` that cuts no character.
std::string_view clip_utf8(std::string_view text, std::size_t max_bytes);

}  // namespace lockhub
