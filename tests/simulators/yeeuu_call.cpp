#include "tests/simulators/yeeuu_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "tests/simulators/signatures.hpp"

namespace lockhub::simulators {

namespace {

constexpr std::array methods = {
    yeeuu_method{"synchronize_apartments", "POST"},
    yeeuu_method{"auth", "POST"},
    yeeuu_method{"delete_auth", "POST"},
    yeeuu_method{"remote_action", "POST"},
    yeeuu_method{"generate_password", "POST"},
    yeeuu_method{"remove_password", "POST"},
    yeeuu_method{"get_device_logs", "GET", false},
    yeeuu_method{"get_device_logs_page_count", "GET", false},
};

// "/apartments/synchronize_apartments" or "/apartments/{code}/{method}".
result<yeeuu_call> read_path(std::string_view path) {
    constexpr std::string_view prefix = "/apartments/";
    const auto unknown = [&] { return fail(errc::not_found, fmt::format("接口不存在: {}", path)); };
    if (!path.starts_with(prefix)) return unknown();
    path.remove_prefix(prefix.size());
    const auto slash = path.find('/');
    const bool names_apartment = slash != std::string_view::npos;
    yeeuu_call out;
    out.method = find_yeeuu_method(names_apartment ? path.substr(slash + 1) : path);
    if (!out.method || names_apartment == (out.method->name == "synchronize_apartments")) return unknown();
    if (names_apartment) out.code_in_path = field(decode_form(fmt::format("c={}", path.substr(0, slash))), "c");
    return out;
}

}  // namespace

const yeeuu_method* find_yeeuu_method(std::string_view name) {
    const auto found = std::ranges::find(methods, name, &yeeuu_method::name);
    return found == methods.end() ? nullptr : &*found;
}

std::string yeeuu_call::get(std::string_view parameter) const {
    const auto found = parameters.find(parameter);
    return found == parameters.end() ? std::string{} : found->second;
}

std::optional<std::int64_t> yeeuu_call::number(std::string_view parameter) const {
    const std::string text = get(parameter);
    std::int64_t value = 0;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size() || value <= 0) return std::nullopt;
    return value;
}

std::optional<time_point> yeeuu_call::seconds(std::string_view parameter) const {
    constexpr std::int64_t largest = 100'000'000'000;  // beyond: somebody sends milliseconds
    const auto value = number(parameter);
    return value && *value < largest ? std::optional(from_unix_ms(*value * 1000)) : std::nullopt;
}

std::optional<std::string> yeeuu_call::lock() const {
    const std::string type = get("doorType"), code = get("code"), door = get("door");
    if (type == "1") return code;
    if (type == "2" && !door.empty()) return code + "/" + door;
    return std::nullopt;
}

result<yeeuu_call> read_yeeuu_call(const wire::http_request& request) {
    const std::string_view url = request.url;
    const auto question = std::min(url.find('?'), url.size());
    auto out = read_path(url.substr(0, question));
    if (!out) return out;
    if (request.method != out->method->http_method) {
        return fail(errc::unsupported, fmt::format("请使用 {}", out->method->http_method));
    }
    const bool posted = request.method == "POST";
    const auto type = wire::find_header(request.headers, "Content-Type");
    if (posted && !type.starts_with("application/x-www-form-urlencoded")) {
        return fail(errc::unsupported, "参数错误: Content-Type");
    }
    const auto text = posted ? std::string_view(request.body) : url.substr(std::min(question + 1, url.size()));
    for (auto& [name, value] : decode_form(text)) out->parameters.emplace(std::move(name), std::move(value));
    if (!out->code_in_path.empty() && out->get("code") != out->code_in_path) {
        return fail(errc::invalid_input, "参数错误: code");
    }
    return out;
}

}  // namespace lockhub::simulators
