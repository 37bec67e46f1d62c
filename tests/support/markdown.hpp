#pragma once
// Parts of a Markdown file that tests run.
#include <string>
#include <string_view>
#include <vector>

namespace lockhub::test {

// The text from a heading's line ("## For PMS developers") to the next heading of its level. Throws
// std::runtime_error when there is no such heading.
std::string markdown_section(std::string_view text, std::string_view heading);

// The contents of its fenced blocks of that language, in order.
std::vector<std::string> fenced_blocks(std::string_view text, std::string_view language);

}  // namespace lockhub::test
