#include "schemas/quhuhu/request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "schemas/core/limits.hpp"
#include "schemas/quhuhu/guest_fields.hpp"
#include "schemas/quhuhu/method_table.hpp"

namespace lockhub::quhuhu {
namespace {

constexpr std::array<std::string_view, 2> served_versions{"1.1.0", "1.0"};

using problem = std::optional<refusal>;

refusal refuse(status code) {
    return {code, std::string(chinese(code))};
}

refusal refuse_missing(const method_field& from) {
    if (from.missing != status::missing_field) return refuse(from.missing);
    return {from.missing, fmt::format("{} {}", chinese(from.missing), from.wire_name)};
}

refusal refuse_field(std::string_view field_name, std::string_view reason) {
    return {status::lock_error, fmt::format("{} {}", field_name, reason)};
}

std::string_view value_of(const wire::form& fields, std::string_view name) {
    return fields.find(name).value_or("");
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

problem check_id(std::string_view field_name, std::string_view id) {
    if (id.size() > limits::id_bytes) {
        return refuse_field(field_name, fmt::format("长度不能超过 {} 字节", limits::id_bytes));
    }
    if (std::ranges::any_of(id, is_control)) return refuse_field(field_name, "不能包含控制字符");
    return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Empty items are skipped: "a,,b," names two things.
template <class Add>
problem read_list(std::string_view field_name, std::string_view text, Add add) {
    std::size_t count = 0;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const auto item = trimmed(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        if (item.empty()) continue;
        if (++count > limits::lockapi_list_items) {
            return refuse_field(field_name, fmt::format("不能超过 {} 个", limits::lockapi_list_items));
        }
        if (auto wrong = check_id(field_name, item)) return wrong;
        add(std::string(item));
    }
    return std::nullopt;
}

problem read_pwd(std::string_view field_name, std::string_view text, secret& out) {
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (text.size() != limits::pin_digits || !digits) {
        return refuse_field(field_name, fmt::format("必须为 {} 位数字", limits::pin_digits));
    }
    out = secret(std::string(text));
    return std::nullopt;
}

problem read_date(std::string_view text, std::optional<time_point>& out) {
    out = parse_china_time(text);
    if (!out) return refuse(status::bad_date);
    return std::nullopt;
}

problem read_page(std::string_view text, status wrong, int most, int& out) {
    const char* const end = text.data() + text.size();
    const auto [stopped_at, ec] = std::from_chars(text.data(), end, out);
    if (ec != std::errc{} || stopped_at != end || out < 1 || out > most) return refuse(wrong);
    return std::nullopt;
}

problem read_id(std::string_view field_name, std::string_view text, std::string& out) {
    if (auto wrong = check_id(field_name, text)) return wrong;
    out = text;
    return std::nullopt;
}

problem read_rooms(const method_field& from, std::string_view text, request& out) {
    auto wrong = read_list(from.wire_name, text, [&](std::string id) { out.rooms.emplace_back(std::move(id)); });
    if (wrong) return wrong;
    if (out.rooms.empty() && from.required()) return refuse(from.missing);
    return std::nullopt;
}

problem read_field(const method_field& from, std::string_view text, request& out) {
    switch (from.what) {
        case field::hotel_no:
            return read_id(from.wire_name, text, out.hotel.value);
        case field::room_type_codes:
            return read_list(from.wire_name, text,
                             [&](std::string code) { out.room_type_codes.push_back(std::move(code)); });
        case field::room_id:
            return read_id(from.wire_name, text, out.room.value);
        case field::room_ids:
            return read_rooms(from, text, out);
        case field::reader_id:
            return read_id(from.wire_name, text, out.reader_id);
        case field::pwd:
            return read_pwd(from.wire_name, text, out.pwd);
        case field::start_time:
            return read_date(text, out.start_time);
        case field::end_time:
            return read_date(text, out.end_time);
        case field::page_number:
            return read_page(text, from.missing, std::numeric_limits<int>::max() / limits::lockapi_page_rows,
                             out.page_number);
        case field::page_size:
            return read_page(text, from.missing, limits::lockapi_page_rows, out.page_size);
        case field::operator_guid:
            return read_id(from.wire_name, text, out.operator_guid);
        case field::operator_name:
            return read_id(from.wire_name, text, out.operator_name);
        case field::guest_id:
        case field::guest_name:
        case field::mobile:
        case field::face:
        case field::fingerprint:
            return read_guest_field(from, text, out);
    }
    return refuse(status::unknown_error);
}

problem read_common(std::string_view path_pms, const wire::form& fields, request& out) {
    const auto pms = value_of(fields, "pmsId");
    if (pms.empty()) return refuse(status::missing_pms_id);
    if (pms != path_pms) return refuse(status::unknown_pms);
    out.pms.value = pms;

    const auto version = value_of(fields, "version");
    if (version.empty()) return refuse(status::missing_version);
    if (std::ranges::find(served_versions, version) == served_versions.end()) return refuse(status::version_not_served);
    out.version = version;
    return std::nullopt;
}

}  // namespace

std::variant<request, refusal> parse_request(method what, std::string_view path_pms, const wire::form& fields) {
    request out;
    out.what = what;
    if (auto wrong = read_common(path_pms, fields, out)) return std::move(*wrong);
    for (const auto& expected : describe(what).fields) {
        const auto text = value_of(fields, expected.wire_name);
        if (text.empty()) {
            if (expected.required()) return refuse_missing(expected);
            continue;
        }
        if (auto wrong = read_field(expected, text, out)) return std::move(*wrong);
    }
    if (out.start_time && out.end_time && *out.start_time > *out.end_time) return refuse(status::start_after_end);
    if (value_of(fields, "hmac").empty()) return refuse(status::bad_hmac);
    return out;
}

}  // namespace lockhub::quhuhu
