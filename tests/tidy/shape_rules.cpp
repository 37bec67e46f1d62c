#include "tests/tidy/shape_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace lockhub::tidy {
namespace {

constexpr std::size_t longest_file_lines = 400;
constexpr std::size_t longest_function_lines = 60;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
    return text;
}

// Is what stands before a '{' the head of a function, rather than of a type, a namespace, a block or a value?
bool opens_function(std::string_view head) {
    constexpr std::array<std::string_view, 12> others{"namespace", "struct", "class", "enum",   "union", "extern",
                                                      "if",        "for",    "while", "switch", "do",    "else"};
    head = trimmed(head);
    // A macro without a semicolon may stand before it.
    if (const auto blank_line = head.rfind("\n\n"); blank_line != std::string_view::npos)
        head = trimmed(head.substr(blank_line));
    const auto first_word = head.substr(0, head.find_first_of(" (<\n"));
    if (std::ranges::find(others, first_word) != others.end()) return false;
    return head.contains('(') && !head.ends_with('(') && !head.ends_with(',') && !head.ends_with('=');
}

}  // namespace

violations files_stay_short(const source_file& file) {
    const auto lines = static_cast<std::size_t>(std::ranges::count(file.text, '\n'));
    if (lines <= longest_file_lines) return {};
    return {{file.path, lines, fmt::format("{} lines; split at {}", lines, longest_file_lines)}};
}

violations functions_stay_short(const source_file& file) {
    violations found;
    std::vector<std::size_t> open;
    const std::string_view code = file.code;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i] == '{') open.push_back(i);
        if (code[i] != '}' || open.empty()) continue;
        const auto begin = open.back();
        open.pop_back();
        const auto body = code.substr(begin, i - begin);
        const auto breaks = static_cast<std::size_t>(std::ranges::count(body, '\n'));
        if (breaks <= longest_function_lines + 1) continue;
        const auto head_begin = begin == 0 ? std::string_view::npos : code.find_last_of(";{}#", begin - 1);
        const auto head = code.substr(head_begin + 1, begin - head_begin - 1);
        if (!opens_function(head)) continue;
        found.push_back({file.path, file.line_at(begin),
                         fmt::format("a function of {} lines; split at {}", breaks - 1, longest_function_lines)});
    }
    return found;
}

violations headers_are_guarded(const source_file& file) {
    if (!file.is_header() || file.text.starts_with("#pragma once\n")) return {};
    return {{file.path, 1, "a header begins with #pragma once"}};
}

violations names_are_snake_case(const source_file& file) {
    const auto is_fine = [](char c) {
        return std::islower(static_cast<unsigned char>(c)) != 0 || std::isdigit(static_cast<unsigned char>(c)) != 0 ||
               c == '_' || c == '/' || c == '.';
    };
    if (std::ranges::all_of(file.path, is_fine)) return {};
    return {{file.path, 1, "file and folder names are snake_case"}};
}

}  // namespace lockhub::tidy
