#include "schemas/quhuhu/guest_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "schemas/core/limits.hpp"
#include "schemas/wire/bytes_text.hpp"

namespace lockhub::quhuhu {
namespace {

using problem = std::optional<refusal>;

refusal refuse(const method_field& from, std::string_view why) {
    return {status::bad_field, fmt::format("{} {} {}", chinese(status::bad_field), from.wire_name, why)};
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

problem read_name(const method_field& from, std::string_view text, std::string& out) {
    if (text.size() > limits::id_bytes) return refuse(from, fmt::format("长度不能超过 {} 字节", limits::id_bytes));
    if (std::ranges::any_of(text, is_control)) return refuse(from, "不能包含控制字符");
    out = text;
    return std::nullopt;
}

// E.164 has 15 digits; some networks add theirs.
problem read_mobile(const method_field& from, std::string_view text, std::string& out) {
    const auto digits = text.substr(text.starts_with('+') ? 1 : 0);
    const bool right = digits.size() >= 6 && digits.size() <= 20 && std::ranges::all_of(digits, is_digit);
    if (!right) return refuse(from, "必须为 6 至 20 位数字，可带前缀 +");
    out = text;
    return std::nullopt;
}

std::size_t decoded_size(std::string_view base64) {
    const auto padding = base64.size() - base64.find_last_not_of('=') - 1;
    return base64.size() / 4 * 3 - padding;
}

// FF D8 FF begins a JPEG; 89 "PNG" 0D 0A 1A 0A, a PNG: ten digits and the upper four bits of the eleventh.
bool begins_as_picture(std::string_view base64) {
    constexpr std::string_view jpeg = "/9j/", png = "iVBORw0KGg", then = "opqr";
    if (base64.starts_with(jpeg)) return true;
    return base64.starts_with(png) && base64.size() > png.size() && then.contains(base64[png.size()]);
}

problem read_face(const method_field& from, std::string_view text, secret& out) {
    if (!wire::is_base64(text) || !begins_as_picture(text)) return refuse(from, "必须为 JPEG 或 PNG 图片的 base64");
    if (decoded_size(text) > limits::face_picture_bytes)
        return refuse(from, fmt::format("图片不能超过 {} 字节", limits::face_picture_bytes));
    out = secret(std::string(text));
    return std::nullopt;
}

problem read_fingerprint(const method_field& from, std::string_view text, secret& out) {
    if (!wire::is_hex(text)) return refuse(from, "必须为成对的十六进制字符");
    std::string digits(text);
    std::erase(digits, '-');
    const auto bytes = digits.size() / 2;
    out = secret(std::move(digits));
    if (bytes > limits::fingerprint_bytes)
        return refuse(from, fmt::format("不能超过 {} 字节", limits::fingerprint_bytes));
    return std::nullopt;
}

}  // namespace

std::optional<refusal> read_guest_field(const method_field& from, std::string_view text, request& out) {
    switch (from.what) {
        case field::guest_id:
            return read_name(from, text, out.guest_id);
        case field::guest_name:
            return read_name(from, text, out.guest_name);
        case field::mobile:
            return read_mobile(from, text, out.mobile);
        case field::face:
            return read_face(from, text, out.face);
        case field::fingerprint:
            return read_fingerprint(from, text, out.fingerprint);
        default:
            throw std::logic_error("a field that says nothing of a guest");
    }
}

}  // namespace lockhub::quhuhu
