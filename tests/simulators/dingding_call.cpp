#include "tests/simulators/dingding_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "schemas/wire/json_value.hpp"
#include "tests/simulators/signatures.hpp"

namespace lockhub::simulators {

namespace {

constexpr std::array verbs = {
    dingding_verb{"access_token", "POST", false, false},
    dingding_verb{"add_password", "POST", true},
    dingding_verb{"update_password", "POST", true},
    dingding_verb{"delete_password", "POST", true},
    dingding_verb{"frozen_password", "POST", true},
    dingding_verb{"unfrozen_password", "POST", true},
    dingding_verb{"fetch_passwords", "GET"},
    dingding_verb{"get_dynamic_password_plaintext", "GET"},
    dingding_verb{"get_default_password_plaintext", "GET"},
    dingding_verb{"get_lock_info", "GET"},
    dingding_verb{"get_lock_events", "GET"},
    dingding_verb{"search_device_op_log", "GET"},
    dingding_verb{"count_device_op_log", "GET"},
    dingding_verb{"count_lock_events", "GET"},
    dingding_verb{"find_home_devices", "POST", false, false},
    dingding_verb{"find_home_device", "GET/POST", false, false},
    dingding_verb{"find_home_state", "GET/POST", false, false},
    dingding_verb{"find_home_states", "POST", false, false},
    dingding_verb{"get_center_info", "GET", false, false},
    dingding_verb{"find_orders", "POST", false, false},
    dingding_verb{"add_home", "POST", false, false, true},
    dingding_verb{"update_home", "POST", false, false, true},
    dingding_verb{"del_home", "POST", false, false, true},
    dingding_verb{"add_room", "POST", false, false, true},
    dingding_verb{"update_room", "POST", false, false, true},
    dingding_verb{"del_room", "POST", false, false, true},
    dingding_verb{"order_add", "POST", false, false, true},
    dingding_verb{"order_update", "POST", false, false, true},
};

struct spelling {
    std::string_view slip, right;
};
constexpr std::array spellings = {spelling{"accesst_token", "access_token"}, spelling{"acccess_token", "access_token"},
                                  spelling{"permisson_begin", "permission_begin"}, spelling{"home_ids", "home_id"}};

void take(dingding_call& call, std::string name, std::string value) {
    const auto slip = std::ranges::find(spellings, name, &spelling::slip);
    if (slip != spellings.end()) name = slip->right;
    call.parameters.emplace(std::move(name), std::move(value));
}

std::string list_text(const wire::json_value& list) {
    std::string out;
    for (const auto& item : list.items()) {
        if (!out.empty()) out += ',';
        out += item.text();
    }
    return out;
}

}  // namespace

const dingding_verb* find_verb(std::string_view name) {
    if (name == "count_lock_envents") name = "count_lock_events";
    const auto found = std::ranges::find(verbs, name, &dingding_verb::name);
    return found == verbs.end() ? nullptr : &*found;
}

std::string dingding_call::get(std::string_view name) const {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string{} : found->second;
}

std::optional<std::int64_t> dingding_call::number(std::string_view name) const {
    const std::string text = get(name);
    std::int64_t value = 0;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

result<dingding_call> read_dingding_call(const wire::http_request& request) {
    const std::string_view url = request.url;
    const auto question = url.find('?');
    const std::string_view path = url.substr(0, question);
    const std::string_view name = path.substr(path.rfind('/') + 1);

    dingding_call out;
    out.verb = find_verb(name);
    if (!out.verb) return fail(errc::not_found, fmt::format("no such API: {}", name));
    if (out.verb->method.find(request.method) == std::string_view::npos) {
        return fail(errc::unsupported, fmt::format("{} wants {}, not {}", name, out.verb->method, request.method));
    }
    if (request.method == "GET") {
        const auto query = question == std::string_view::npos ? std::string_view{} : url.substr(question + 1);
        for (auto& [key, value] : decode_form(query)) take(out, std::move(key), std::move(value));
        return out;
    }
    auto body = wire::json_value::parse(request.body);
    if (!body || !body->is_object()) return fail(errc::invalid_input, fmt::format("{} wants a JSON object", name));
    for (const auto& [key, value] : body->members()) {
        // The document nests the times of update_password; clients send them flat.
        for (const auto& [part, time] : key == "permission" ? value.members() : wire::json_value().members()) {
            take(out, "permission_" + part, time.text());
        }
        take(out, key, value.is_array() ? list_text(value) : value.text());
    }
    return out;
}

}  // namespace lockhub::simulators
