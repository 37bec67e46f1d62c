#include "schemas/wire/bytes_text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace lockhub::wire {

namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view hex_digits = "0123456789abcdef";

bool is_hex_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

std::string encode_base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t here = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            group = (group << 8) | (i < here ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            out += i <= here ? base64_digits[(group >> (18 - 6 * i)) & 63U] : '=';
        }
    }
    return out;
}

std::string encode_hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (!out.empty()) out += '-';
        out += hex_digits[byte >> 4U];
        out += hex_digits[byte & 15U];
    }
    return out;
}

bool is_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0) return false;
    const auto digits = text.find_last_not_of('=') + 1;
    if (text.size() - digits > 2) return false;
    return text.substr(0, digits).find_first_not_of(base64_digits) == std::string_view::npos;
}

bool is_hex(std::string_view text) {
    const bool dashed = text.size() > 2 && text[2] == '-';
    const std::size_t step = dashed ? 3 : 2;
    if (text.size() < 2 || (text.size() + (dashed ? 1 : 0)) % step != 0) return false;
    for (std::size_t at = 0; at < text.size(); at += step) {
        if (!is_hex_digit(text[at]) || !is_hex_digit(text[at + 1])) return false;
        if (dashed && at + 2 < text.size() && text[at + 2] != '-') return false;
    }
    return true;
}

}  // namespace lockhub::wire
