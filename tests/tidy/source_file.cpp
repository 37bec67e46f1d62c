#include "tests/tidy/source_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace lockhub::tidy {
namespace {

constexpr std::array top_folders{"schemas", "storage", "dispatch", "hub", "tests"};

void blank(std::string& code, std::size_t from, std::size_t until) {
    for (std::size_t i = from; i < until; ++i) {
        if (code[i] != '\n') code[i] = ' ';
    }
}

std::size_t find_or_end(std::string_view text, std::string_view what, std::size_t from) {
    return std::min(text.find(what, from), text.size());
}

bool opens_raw_string(std::string_view text, std::size_t quote) {
    return quote > 0 && text[quote - 1] == 'R';
}

std::size_t end_of_raw_string(std::string_view text, std::size_t quote) {
    const auto bracket = find_or_end(text, "(", quote);
    const auto closing = fmt::format("){}\"", text.substr(quote + 1, bracket - quote - 1));
    return std::min(find_or_end(text, closing, bracket) + closing.size(), text.size());
}

std::size_t end_of_literal(std::string_view text, std::size_t quote) {
    for (std::size_t i = quote + 1; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == text[quote]) {
            return i + 1;
        }
    }
    return text.size();
}

bool is_digit_separator(std::string_view text, std::size_t at) {
    return at > 0 && std::isxdigit(static_cast<unsigned char>(text[at - 1])) != 0;
}

std::string only_code(std::string_view text) {
    std::string code(text);
    std::size_t at = 0;
    while (at < text.size()) {
        const auto rest = text.substr(at);
        std::size_t end = at + 1;
        if (rest.starts_with("//")) {
            end = find_or_end(text, "\n", at);
            blank(code, at, end);
        } else if (rest.starts_with("/*")) {
            end = std::min(find_or_end(text, "*/", at) + 2, text.size());
            blank(code, at, end);
        } else if (rest.starts_with('"') && opens_raw_string(text, at)) {
            end = end_of_raw_string(text, at);
            blank(code, at + 1, end - 1);
        } else if (rest.starts_with('"') || (rest.starts_with('\'') && !is_digit_separator(text, at))) {
            end = end_of_literal(text, at);
            blank(code, at + 1, end - 1);
        }
        at = end;
    }
    return code;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<source_file> read_tree() {
    std::vector<source_file> files;
    const std::filesystem::path root(LOCKHUB_SOURCE);
    for (const auto* folder : top_folders) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".hpp") continue;
            files.push_back(
                make_source(entry.path().lexically_relative(root).generic_string(), read_file(entry.path())));
        }
    }
    std::ranges::sort(files, {}, &source_file::path);
    return files;
}

}  // namespace

std::size_t source_file::line_at(std::size_t offset) const {
    const auto head = std::string_view(text).substr(0, offset);
    return 1 + static_cast<std::size_t>(std::ranges::count(head, '\n'));
}

source_file make_source(std::string path, std::string text) {
    source_file file{std::move(path), std::move(text), {}};
    file.code = only_code(file.text);
    return file;
}

const std::vector<source_file>& source_tree() {
    static const auto files = read_tree();
    return files;
}

std::string violation::text() const {
    return fmt::format("{}:{}: {}", path, line, what);
}

std::string findings(rule check) {
    std::string lines;
    for (const auto& file : source_tree()) {
        for (const auto& found : check(file)) lines += "\n" + found.text();
    }
    return lines;
}

std::size_t count_findings(rule check, std::string path, std::string text) {
    return check(make_source(std::move(path), std::move(text))).size();
}

}  // namespace lockhub::tidy
