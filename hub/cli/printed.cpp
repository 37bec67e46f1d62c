#include "hub/cli/printed.hpp"

#include <algorithm>
#include <array>

namespace lockhub::hub {

namespace {

struct code_point {
    std::string_view bytes;
    char32_t value = 0;
};

// The next character of UTF-8 text; a byte that begins none stands for itself.
code_point next_of(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first >= 0x80 && (first < 0xc2 || first > 0xf4 || length > text.size())) return {text.substr(0, 1), 0xfffd};
    char32_t value = length == 1 ? first : first & (0xffu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0) != 0x80) return {text.substr(0, 1), 0xfffd};
        value = (value << 6) | (byte & 0x3f);
    }
    return {text.substr(0, length), value};
}

bool is_wide(char32_t c) {
    constexpr std::array<std::pair<char32_t, char32_t>, 9> ranges{{{0x1100, 0x115f},
                                                                   {0x2e80, 0x303e},
                                                                   {0x3041, 0xa4cf},
                                                                   {0xac00, 0xd7a3},
                                                                   {0xf900, 0xfaff},
                                                                   {0xfe30, 0xfe6f},
                                                                   {0xff00, 0xff60},
                                                                   {0xffe0, 0xffe6},
                                                                   {0x20000, 0x3fffd}}};
    return std::ranges::any_of(ranges, [&](const auto& range) { return c >= range.first && c <= range.second; });
}

bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfffd;
}

}  // namespace

printed failure(int code, std::string_view sentence) {
    printed out;
    out.code = code;
    out.err = "lockhub: " + std::string(sentence) + "\n";
    return out;
}

printed failure(const error& why) {
    return failure(why.code == errc::invalid_input ? exit_code::bad_usage : exit_code::failed, why.message);
}

printed unreachable(const error& why) {
    return failure(why.code == errc::invalid_input ? exit_code::bad_usage : exit_code::unreachable, why.message);
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const auto c = next_of(text);
        width += is_wide(c.value) ? 2 : 1;
        text.remove_prefix(c.bytes.size());
    }
    return width;
}

std::string without_controls(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto c = next_of(text);
        if (is_control(c.value)) {
            out += ' ';
        } else {
            out += c.bytes;
        }
        text.remove_prefix(c.bytes.size());
    }
    return out;
}

std::string shortened(std::string_view text, std::size_t width) {
    if (display_width(text) <= width) return std::string(text);
    std::string out;
    std::size_t used = 1;  // the ellipsis
    while (!text.empty()) {
        const auto c = next_of(text);
        used += is_wide(c.value) ? 2 : 1;
        if (used > width) break;
        out += c.bytes;
        text.remove_prefix(c.bytes.size());
    }
    return out + "…";
}

std::string table::text() const {
    std::vector<std::size_t> widths;
    std::vector<std::vector<std::string>> cells;
    for (const auto& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        auto& clean = cells.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i) {
            clean.push_back(without_controls(row[i]));
            widths[i] = std::max(widths[i], display_width(clean.back()));
        }
    }
    std::string out;
    for (const auto& row : cells) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) line.append(widths[i] - display_width(row[i]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

}  // namespace lockhub::hub
