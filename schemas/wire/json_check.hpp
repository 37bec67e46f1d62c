#pragma once
// Where a text stops being JSON (RFC 8259), in words for whoever has to mend it. Byte by byte and without memory for
// values: for texts a parser has refused, not for the hot path.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lockhub::wire {

struct json_fault {
    std::size_t line = 1;    // from 1
    std::size_t column = 1;  // from 1, in characters
    std::string expected;    // "',' or '}' after the value of \"roomNo\""
    std::string found;       // "'\"'", "the end of the text"

    std::string text() const;  // "line 12, column 17: expected …, found …"
};

// The first fault; nullopt when the whole text is JSON. A byte-order mark at its beginning is skipped, nesting beyond
// limits::json_depth is a fault. Names of members are quoted as written, clipped; values never are.
std::optional<json_fault> find_json_fault(std::string_view text);

}  // namespace lockhub::wire
