#include "schemas/dingding/credentials.hpp"

#include "schemas/dingding/reply.hpp"
#include "schemas/wire/number.hpp"

namespace lockhub::dingding {

namespace {

using wire::json_value;
using progress = reported_credential::progress;

constexpr std::int64_t frozen_state = 5;
constexpr std::int64_t dynamic_id = 2015;
constexpr std::int64_t first_offline_id = 3000;

std::optional<command_verb> read_operation(const json_value& entry) {
    switch (entry.integer_of("operation").value_or(0)) {
        case 1:
            return command_verb::set_pin;
        case 2:
            return command_verb::remove_pin;
        case 3:
            return command_verb::replace_pin;
        case 4:
            return command_verb::freeze_pin;
        case 5:
            return command_verb::unfreeze_pin;
        default:
            return std::nullopt;
    }
}

progress read_stage(const json_value& entry) {
    switch (entry.integer_of("operation_stage").value_or(0)) {
        case 1:
            return progress::running;
        case 2:
            return progress::failed;
        default:
            return progress::done;
    }
}

std::optional<time_point> read_bound(const json_value& entry, std::string_view nested, std::string_view flat) {
    std::optional<std::int64_t> stamp;
    if (const auto* permission = entry.find("permission")) stamp = permission->integer_of(nested);
    if (!stamp) stamp = entry.integer_of(flat);
    return stamp ? read_stamp(*stamp) : std::nullopt;
}

reported_credential read_credential(const json_value& entry, std::string_view key) {
    reported_credential out;
    out.credential_ref = entry.text_of("id");
    if (out.credential_ref.empty()) out.credential_ref = key;
    out.label = entry.text_of("name");
    out.manage = entry.integer_of("is_default") == 1;
    out.stage = read_stage(entry);
    out.operation = read_operation(entry);
    out.valid_from = read_bound(entry, "begin", "permission_begin");
    out.valid_until = read_bound(entry, "end", "permission_end");
    out.frozen = entry.integer_of("pwd_state") == frozen_state;
    return out;
}

// 2015 is the dynamic one, those from 3000 on were computed without the lock.
bool stands_on_lock(const reported_credential& pin) {
    const auto id = wire::whole_number(pin.credential_ref);
    return !id || (*id != dynamic_id && *id < first_offline_id);
}

}  // namespace

result<std::vector<reported_credential>> read_inventory(const json_value& body) {
    if (!body.find("passwords")) return fail(errc::unavailable, "the reply carries no passwords");
    auto all = read_credentials(body);
    std::erase_if(all, [](const reported_credential& pin) { return !stands_on_lock(pin); });
    return all;
}

std::vector<reported_credential> read_credentials(const json_value& body) {
    std::vector<reported_credential> out;
    const auto* passwords = body.find("passwords");
    if (!passwords) return out;
    for (const auto& [key, entry] : passwords->members()) {
        if (entry.is_object()) out.push_back(read_credential(entry, key));
    }
    for (const auto& entry : passwords->items()) {
        if (entry.is_object()) out.push_back(read_credential(entry, {}));
    }
    return out;
}

}  // namespace lockhub::dingding
