#include "tests/simulators/gateway_call.hpp"

#include <fmt/format.h>

#include <charconv>

#include "schemas/wire/json_value.hpp"
#include "tests/simulators/signatures.hpp"

namespace lockhub::simulators {

std::string gateway_call::get(std::string_view parameter) const {
    const auto found = parameters.find(parameter);
    return found == parameters.end() ? std::string{} : found->second;
}

std::optional<time_point> gateway_call::time(std::string_view parameter) const {
    return parse_china_time(get(parameter));
}

std::optional<int> gateway_call::number(std::string_view parameter) const {
    const std::string text = get(parameter);
    int value = 0;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size() || value <= 0) return std::nullopt;
    return std::to_string(value) == text ? std::optional(value) : std::nullopt;
}

result<gateway_call> read_gateway_call(const wire::http_request& request, std::string_view body) {
    constexpr std::string_view prefix = "/Api/";
    const auto at = request.url.find(prefix);
    if (at == std::string::npos) return fail(errc::not_found, "接口不存在");
    if (request.method != "POST") return fail(errc::unsupported, "请使用 POST");
    const auto type = wire::find_header(request.headers, "Content-Type");
    const std::string_view kind = type.starts_with("application/json") ? "json" : "form";
    if (body != "any" && body != kind) return fail(errc::unsupported, fmt::format("参数错误: {}", kind));

    gateway_call out;
    out.name = request.url.substr(at + prefix.size());
    if (kind == "form") {
        for (auto& [name, value] : decode_form(request.body)) out.parameters.emplace(std::move(name), std::move(value));
        return out;
    }
    const auto object = wire::json_value::parse(request.body);
    if (!object || !object->is_object()) return fail(errc::invalid_input, "参数错误: JSON");
    for (const auto& [name, value] : object->members()) out.parameters.emplace(name, value.text());
    return out;
}

}  // namespace lockhub::simulators
