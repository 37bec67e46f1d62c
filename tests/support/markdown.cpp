#include "tests/support/markdown.hpp"

#include <algorithm>
#include <stdexcept>

namespace lockhub::test {

std::string markdown_section(std::string_view text, std::string_view heading) {
    const std::string line = std::string(heading) + "\n";
    const auto begin = text.find(line);
    if (begin == std::string_view::npos) throw std::runtime_error("there is no heading " + std::string(heading));
    const std::string next = "\n" + line.substr(0, line.find(' ') + 1);
    const auto end = text.find(next, begin + line.size());
    return std::string(text.substr(begin, end == std::string_view::npos ? end : end + 1 - begin));
}

std::vector<std::string> fenced_blocks(std::string_view text, std::string_view language) {
    const std::string opening = "```" + std::string(language) + "\n";
    constexpr std::string_view closing = "```\n";
    std::vector<std::string> out;
    for (auto at = text.find(opening); at != std::string_view::npos; at = text.find(opening, at)) {
        at += opening.size();
        const auto end = text.find(closing, at);
        if (end == std::string_view::npos) throw std::runtime_error("a fenced block has no end");
        out.emplace_back(text.substr(at, end - at));
        at = end + closing.size();
    }
    return out;
}

}  // namespace lockhub::test
