#include "schemas/yeeuu/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "schemas/yeeuu/openings.hpp"
#include "schemas/yeeuu/reply.hpp"
#include "schemas/yeeuu/requests.hpp"

namespace lockhub::yeeuu {

namespace {

using outcome = api_reply::outcome;

constexpr std::string_view author = "lockhub";

// 云柚 wants an end.
time_point end_of_time() {
    return *parse_china_time("2099-12-31 23:59:59");
}

bool writes_pin(command_verb verb) {
    return verb == command_verb::set_pin || verb == command_verb::replace_pin;
}

bool is_pin(const secret& pin) {
    return !pin.empty() && std::ranges::all_of(pin.reveal(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_about_log(command_verb verb) {
    return verb == command_verb::read_log || verb == command_verb::count_log;
}

bool is_whole_page(const log_page& page) {
    return page.count > 0 && page.offset % page.count == 0;
}

// Opening from afar and access granted to a phone: no PIN is in it.
bool about_access(command_verb verb) {
    return verb == command_verb::grant_access || verb == command_verb::revoke_access;
}

std::string_view missing_access_part(const account_settings& settings, const vendor_command& command) {
    if (about_access(command.verb)) return command.holder.empty() ? "the mobile number of who has access" : "";
    return settings.operator_mobile.empty() ? "operator_mobile of the account, who opens doors from afar" : "";
}

// What the command lacks; "" when nothing.
std::string_view missing_part(const account_settings& settings, const vendor_command& command) {
    if (read_door(command.lock_uuid).code.empty()) return "the code of an apartment";
    if (is_about_log(command.verb)) {
        return is_whole_page(command.page) ? "" : "an offset that is a multiple of its count";
    }
    if (command.cloud_home_id.empty()) return "a building id";
    if (about_access(command.verb) || command.verb == command_verb::open_door) {
        return missing_access_part(settings, command);
    }
    if (writes_pin(command.verb) && !is_pin(command.pin)) return "a PIN made of digits";
    if (!writes_pin(command.verb) && command.credential_ref.empty()) return "the mobile number the PIN stands under";
    return {};
}

// A PIN is replaced under the number it stands under, though ours be another by now: else the old one would stay.
std::string mobile_for(const account_settings& settings, const vendor_command& command) {
    if (about_access(command.verb)) return command.holder;
    if (command.verb != command_verb::set_pin && !command.credential_ref.empty()) return command.credential_ref;
    return command.manage ? settings.manage_mobile : settings.guest_mobile;
}

std::string name_of_holder(const vendor_command& command) {
    if (!command.holder_name.empty()) return command.holder_name;
    if (command.verb == command_verb::grant_access) return command.holder;
    return command.label.empty() ? std::string(author) : command.label;
}

grant grant_of(const account_settings& settings, const vendor_command& command, time_point now) {
    return {.from = command.valid_from.value_or(now),
            .until = command.valid_until.value_or(end_of_time()),
            .author = std::string(author),
            .holder_name = name_of_holder(command),
            .holder_mobile = mobile_for(settings, command)};
}

// The PIN's; "" for what is no PIN.
std::string credential_of(const account_settings& settings, const vendor_command& command) {
    const bool pin = writes_pin(command.verb) || command.verb == command_verb::remove_pin;
    return pin ? mobile_for(settings, command) : std::string();
}

page_of_log page_of(const vendor_command& command) {
    return {command.page.offset / command.page.count + 1, command.page.count};
}

wire::http_request make_call(const account_settings& settings, const vendor_command& command, const signing& how) {
    const place where{command.cloud_home_id, read_door(command.lock_uuid)};
    switch (command.verb) {
        case command_verb::set_pin:
        case command_verb::replace_pin:
            return generate_password(settings, how, where, grant_of(settings, command, how.now), command.pin);
        case command_verb::grant_access:
            return auth(settings, how, where, grant_of(settings, command, how.now));
        case command_verb::revoke_access:
            return delete_auth(settings, how, where, command.holder);
        case command_verb::open_door:
            return remote_action(settings, how, where, settings.operator_mobile);
        case command_verb::read_log:
            return get_device_logs(settings, how, where.door, page_of(command));
        case command_verb::count_log:
            return get_device_logs_page_count(settings, how, where.door, page_of(command));
        default:
            return remove_password(settings, how, where, mobile_for(settings, command));
    }
}

api_reply read(const account_settings& settings, const vendor_command& command, const wire::http_response& response) {
    return read_reply(response, {settings.key, command.pin});
}

}  // namespace

result<wire::http_request> encode_command(const account_settings& settings, const vendor_command& command,
                                          const signing& how) {
    if (!verbs.has(command.verb)) {
        return fail(errc::unsupported, fmt::format("云柚 has no call for {}", to_string(command.verb)));
    }
    if (const auto missing = missing_part(settings, command); !missing.empty()) {
        return fail(errc::invalid_input, fmt::format("{} needs {}", to_string(command.verb), missing));
    }
    return make_call(settings, command, how);
}

command_reply decode_command(const account_settings& settings, const vendor_command& command,
                             const wire::http_response& response) {
    auto reply = read(settings, command, response);
    switch (reply.kind) {
        case outcome::unavailable:
            return reply::retry{reply.retry_after, std::move(reply.message), reply.refused, reply.busy};
        case outcome::token_refused:
            return reply::retry{reply.retry_after, std::move(reply.message), true};
        case outcome::refused:
            return reply::rejected{.code = 0, .message = std::move(reply.message)};
        case outcome::done:
            break;
    }
    reply::done done;
    if (command.verb == command_verb::read_log) {
        done.facts.openings = read_openings(reply.body);
        if (const auto* entries = reply.body.find("data")) done.facts.log_entries = entries->items().size();
    } else if (command.verb == command_verb::count_log) {
        const auto pages = read_page_count(reply.body);
        if (!pages) return reply::retry{std::nullopt, "the answer carries no count"};
        done.facts.log_pages = static_cast<std::size_t>(*pages);
    } else {
        done.facts.credential_ref = credential_of(settings, command);
    }
    return done;
}

bool can_be_repeated(command_verb verb) {
    return verbs.has(verb) && changes_lock(verb) && verb != command_verb::open_door;
}

probe_reply decode_probe(const account_settings& settings, const vendor_command& command,
                         const wire::http_response& response) {
    auto reply = read(settings, command, response);
    switch (reply.kind) {
        case outcome::done:
            return probe::done{credential_of(settings, command)};
        // The first call may have done what the second is refused for.
        case outcome::refused:
            return probe::undecided{std::move(reply.message)};
        default:
            return probe::unclear{false, std::move(reply.message), reply.busy, reply.retry_after};
    }
}

}  // namespace lockhub::yeeuu
