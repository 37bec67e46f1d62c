#include "tests/support/plain_forms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/wire/form.hpp"

namespace lockhub::test {

namespace {

std::string hexadecimal(std::string_view text, bool upper) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += upper ? fmt::format("{:02X}", byte) : fmt::format("{:02x}", byte);
    }
    return out;
}

// The base64 characters that are decided by the text alone when `before` bytes of something else stand before it.
std::string base64_inside(std::string_view text, std::size_t before) {
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t first_bit = before * 8;
    const std::size_t last_bit = first_bit + text.size() * 8;
    std::string out;
    for (std::size_t bit = (first_bit + 5) / 6 * 6; bit + 6 <= last_bit; bit += 6) {
        unsigned value = 0;
        for (std::size_t i = bit; i < bit + 6; ++i) {
            const auto byte = static_cast<unsigned char>(text[i / 8 - before]);
            value = value << 1 | (byte >> (7 - i % 8) & 1U);
        }
        out += alphabet[value];
    }
    return out;
}

}  // namespace

std::vector<std::string> plain_forms(std::string_view text) {
    std::vector<std::string> out{std::string(text), hexadecimal(text, false), hexadecimal(text, true),
                                 wire::percent_encode(text)};
    for (std::size_t before = 0; before < 3; ++before) out.push_back(base64_inside(text, before));
    std::ranges::sort(out);
    const auto repeats = std::ranges::unique(out);
    out.erase(repeats.begin(), repeats.end());
    return out;
}

std::string find_plain(std::string_view haystack, std::string_view text) {
    for (const std::string& form : plain_forms(text)) {
        if (haystack.find(form) != std::string_view::npos) return form;
    }
    return {};
}

}  // namespace lockhub::test
