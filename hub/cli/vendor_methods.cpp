#include <fmt/format.h>

#include <algorithm>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/clouds.hpp"
#include "schemas/dingding/method_table.hpp"
#include "schemas/domain/method_fields.hpp"
#include "schemas/gateway/methods.hpp"
#include "schemas/wire/json_writer.hpp"
#include "schemas/yeeuu/methods.hpp"

namespace lockhub::hub {

namespace {

struct vendor_listing {
    std::string_view vendor;
    std::span<const vendor_method> methods;
};

std::vector<vendor_listing> every_vendor() {
    return {
        {"dingding", dingding::method_table()}, {"yeeuu", yeeuu::method_table()}, {"gateway", gateway::method_table()}};
}

// "home_id*, room_name": what must be given has a star, of "uuid|room_id" one must.
std::string short_list(const vendor_method& method) {
    std::string out;
    const auto add = [&](std::string_view text) { out += fmt::format("{}{}", out.empty() ? "" : ", ", text); };
    for (const auto& [one, other] : method.choices) add(fmt::format("{}|{}*", one, other));
    for (const auto& parameter : method.parameters) {
        const bool chosen = std::ranges::any_of(method.choices, [&](const parameter_choice& choice) {
            return choice.one == parameter.name || choice.other == parameter.name;
        });
        if (chosen) continue;
        add(fmt::format("{}{}", parameter.name, parameter.required && !parameter.from_account ? "*" : ""));
    }
    return out;
}

std::string notes_on(const vendor_parameter& parameter) {
    std::string out;
    const auto add = [&](std::string_view text) { out += fmt::format("{}{}", out.empty() ? "" : "; ", text); };
    if (parameter.from_account) add("else the account's own");
    if (parameter.secret) add("never shown");
    if (!parameter.other_name.empty()) add(fmt::format("also taken as {}", parameter.other_name));
    const bool from = parameter.lowest != std::numeric_limits<std::int64_t>::min();
    const bool to = parameter.highest != std::numeric_limits<std::int64_t>::max();
    const std::string_view unit = parameter.what == vendor_parameter::type::digits ? " digits" : "";
    if (from && to && parameter.lowest == parameter.highest) add(fmt::format("{}{}", parameter.lowest, unit));
    if (from && to && parameter.lowest != parameter.highest) {
        add(fmt::format("{} to {}{}", parameter.lowest, parameter.highest, unit));
    }
    if (from && !to) add(fmt::format("from {} on", parameter.lowest));
    return out;
}

std::string method_json(std::string_view vendor, const vendor_method& method) {
    wire::json_writer json;
    json.begin_object().member("vendor", vendor).member("method", method.name).member("section", method.section);
    json.member("http_method", method.http_method).member("changes", method.changes).key("parameters").begin_array();
    for (const auto& parameter : method.parameters) {
        json.begin_object().member("name", parameter.name).member("type", to_string(parameter.what));
        json.member("required", parameter.required && !parameter.from_account);
        json.member("secret", parameter.secret).end_object();
    }
    json.end_array().key("one_of").begin_array();
    for (const auto& [one, other] : method.choices) json.begin_array().value(one).value(other).end_array();
    return json.end_array().end_object().take() + "\n";
}

std::string method_page(const vendor_method& method) {
    std::string out = fmt::format("{} (section {}, {}), {}\n\n", method.name, method.section, method.http_method,
                                  method.changes ? "changes something: needs --yes" : "reads only");
    if (method.parameters.empty()) return out + "  it takes no parameters\n";
    table parameters({"PARAMETER", "TYPE", "NEEDED", "NOTES"});
    for (const auto& each : method.parameters) {
        parameters.add({std::string(each.name), std::string(to_string(each.what)),
                        each.required && !each.from_account ? "yes" : "", notes_on(each)});
    }
    out += parameters.text();
    for (const auto& [one, other] : method.choices) out += fmt::format("\n  {} or {} must be given\n", one, other);
    return out;
}

result<std::vector<vendor_listing>> listings_for(const common_options& common, const std::string& account,
                                                 std::vector<configured_cloud>& clouds) {
    if (account.empty()) return every_vendor();
    for (const auto& each : every_vendor()) {
        if (each.vendor == account) return std::vector{each};
    }
    const auto settings = load_settings(common);
    if (!settings) return std::unexpected(settings.error());
    clouds = make_clouds(*settings);
    for (const auto& cloud : clouds) {
        if (cloud.codec->account().value == account) {
            return std::vector{vendor_listing{cloud.codec->vendor(), cloud.codec->methods()}};
        }
    }
    return fail(errc::not_found, fmt::format("no account '{}' is configured, and no lock cloud is called so", account));
}

}  // namespace

printed vendor_methods(const common_options& common, const vendor_options& options) {
    std::vector<configured_cloud> clouds;
    const auto listings = listings_for(common, options.account, clouds);
    if (!listings) return failure(listings.error());
    printed out;
    table rows({"VENDOR", "METHOD", "SECTION", "CALL", "CHANGES", "PARAMETERS"});
    for (const auto& [vendor, methods] : *listings) {
        if (!options.method.empty()) {
            const auto method = find_method(methods, options.method);
            if (!method) return failure(method.error());
            out.out = common.json ? method_json(vendor, **method) : method_page(**method);
            return out;
        }
        for (const auto& method : methods) {
            if (common.json) out.out += method_json(vendor, method);
            rows.add({std::string(vendor), std::string(method.name), std::string(method.section),
                      std::string(method.http_method), method.changes ? "yes" : "", short_list(method)});
        }
    }
    if (!common.json) out.out = rows.text() + "\n* must be given; a|b: one of the two\n";
    return out;
}

}  // namespace lockhub::hub
