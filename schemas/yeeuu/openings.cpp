#include "schemas/yeeuu/openings.hpp"

#include <array>
#include <utility>

#include "schemas/domain/lock_event.hpp"

namespace lockhub::yeeuu {

namespace {

constexpr std::array<std::string_view, 5> names{"云柚系统", "微信", "app", "密码", "接口"};
constexpr std::int64_t unknown_type = 99;

std::int64_t read_type(const wire::json_value& entry) {
    const auto type = entry.integer_of("type").value_or(unknown_type);
    return type >= 0 && type < unknown_type ? type : unknown_type;
}

reported_opening read_opening(const wire::json_value& entry, time_point at) {
    const auto type = read_type(entry);
    const bool by_password = type == std::to_underlying(opened_by::password);
    reported_opening out;
    out.occurred_at = at;
    out.source = by_password ? opened_by_password : opened_remotely + static_cast<int>(type);
    out.source_id = entry.text_of("opener");
    if (type < std::ssize(names)) out.source_name = names[static_cast<std::size_t>(type)];
    return out;
}

}  // namespace

std::vector<reported_opening> read_openings(const wire::json_value& body) {
    std::vector<reported_opening> out;
    const auto* data = body.find("data");
    if (!data) return out;
    for (const auto& entry : data->items()) {
        const auto at = parse_china_time(entry.text_of("opentime"));
        if (at) out.push_back(read_opening(entry, *at));
    }
    return out;
}

}  // namespace lockhub::yeeuu
