#include "schemas/domain/method_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "schemas/core/suggestions.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/domain/field_forms.hpp"

namespace lockhub {

namespace {

using type = vendor_parameter::type;
constexpr std::size_t longest_shown_bytes = 64;

const vendor_parameter* find_parameter(const vendor_method& method, std::string_view name) {
    const auto found = std::ranges::find_if(method.parameters, [&](const vendor_parameter& each) {
        return each.name == name || (!each.other_name.empty() && each.other_name == name);
    });
    return found == method.parameters.end() ? nullptr : &*found;
}

std::unexpected<error> refuse(const vendor_method& method, const std::string& sentence) {
    return fail(errc::invalid_input, fmt::format("{}: {}", method.name, sentence));
}

result<> check_names(const vendor_method& method, const wire::form& fields) {
    std::vector<std::string_view> known;
    for (const auto& each : method.parameters) known.push_back(each.name);
    std::vector<const vendor_parameter*> seen;
    for (const auto& [name, value] : fields.fields()) {
        const auto* parameter = find_parameter(method, name);
        if (!parameter) {
            return refuse(method, fmt::format("no parameter '{}'{}", clip_utf8(name, longest_shown_bytes),
                                              did_you_mean(name, known)));
        }
        if (std::ranges::find(seen, parameter) != seen.end()) {
            return refuse(method, fmt::format("'{}' is given twice", parameter->name));
        }
        seen.push_back(parameter);
    }
    return {};
}

std::optional<std::string_view> given(const vendor_parameter& parameter, const wire::form& fields) {
    if (const auto value = fields.find(parameter.name)) return value;
    return parameter.other_name.empty() ? std::nullopt : fields.find(parameter.other_name);
}

bool is_given(const vendor_method& method, std::string_view name, const wire::form& fields) {
    const auto* parameter = find_parameter(method, name);
    return parameter != nullptr && !given(*parameter, fields).value_or("").empty();
}

std::string what_is_wanted(const vendor_parameter& parameter) {
    const bool from = parameter.lowest != std::numeric_limits<std::int64_t>::min();
    const bool to = parameter.highest != std::numeric_limits<std::int64_t>::max();
    if (parameter.what == type::digits && from && parameter.lowest == parameter.highest) {
        return fmt::format("{} digits", parameter.lowest);
    }
    if (parameter.what == type::digits && from && to) {
        return fmt::format("{} to {} digits", parameter.lowest, parameter.highest);
    }
    if (from && to)
        return fmt::format("a {} from {} to {}", to_string(parameter.what), parameter.lowest, parameter.highest);
    if (from) return fmt::format("a {} from {} on", to_string(parameter.what), parameter.lowest);
    return std::string(form_of(parameter.what));
}

std::string not_of_form(const vendor_parameter& parameter, std::string_view value) {
    const auto wanted = what_is_wanted(parameter);
    if (parameter.secret) return fmt::format("'{}' must be {}", parameter.name, wanted);
    return fmt::format("'{}' must be {}, not '{}'", parameter.name, wanted, clip_utf8(value, longest_shown_bytes));
}

}  // namespace

result<const vendor_method*> find_method(std::span<const vendor_method> methods, std::string_view name) {
    std::vector<std::string_view> known;
    for (const auto& each : methods) {
        if (each.name == name || (!each.other_name.empty() && each.other_name == name)) return &each;
        known.push_back(each.name);
    }
    return fail(errc::not_found,
                fmt::format("no method '{}'{}", clip_utf8(name, longest_shown_bytes), did_you_mean(name, known)));
}

result<std::vector<method_field>> read_fields(const vendor_method& method, const wire::form& fields) {
    if (auto named = check_names(method, fields); !named) return std::unexpected(named.error());
    std::vector<method_field> out;
    for (const auto& parameter : method.parameters) {
        const auto value = given(parameter, fields);
        if (parameter.required && value.value_or("").empty()) {
            return refuse(method, fmt::format("'{}' is missing", parameter.name));
        }
        if (!value) continue;
        auto written = write_value(parameter, *value);
        if (!written) return refuse(method, not_of_form(parameter, *value));
        out.push_back({&parameter, std::move(*written)});
    }
    for (const auto& [one, other] : method.choices) {
        if (!is_given(method, one, fields) && !is_given(method, other, fields)) {
            return refuse(method, fmt::format("'{}' or '{}' is missing", one, other));
        }
    }
    return out;
}

void write_members(wire::json_writer& object, const std::vector<method_field>& fields) {
    const auto write = [&](std::string_view name, const method_field& field) {
        object.key(name);
        if (is_json_as_written(field.parameter->what)) {
            object.raw(field.value);
        } else {
            object.value(field.value);
        }
    };
    for (const auto& field : fields) {
        write(field.parameter->name, field);
        if (field.parameter->sent_under_both) write(field.parameter->other_name, field);
    }
}

void add_fields(wire::form& form, const std::vector<method_field>& fields) {
    for (const auto& field : fields) {
        form.add(std::string(field.parameter->name), field.value);
        if (field.parameter->sent_under_both) form.add(std::string(field.parameter->other_name), field.value);
    }
}

}  // namespace lockhub
