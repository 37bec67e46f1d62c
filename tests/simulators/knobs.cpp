#include "tests/simulators/knobs.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::simulators {

namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

void knob_board::add(std::string name, std::string meaning, fault& variable) {
    auto set = [&variable](std::string_view text) -> result<> {
        auto parsed = fault::parse(text);
        if (!parsed) return std::unexpected(parsed.error());
        variable = *parsed;
        return {};
    };
    knobs_.push_back({std::move(name), std::move(meaning), set, [&variable] { return variable.text(); }});
}

void knob_board::add(std::string name, std::string meaning, duration& variable) {
    auto set = [&variable](std::string_view text) -> result<> {
        const auto number = whole_number(text);
        if (!number || *number < 0) return fail(errc::invalid_input, fmt::format("'{}' is no number of ms", text));
        variable = duration(*number);
        return {};
    };
    knobs_.push_back(
        {std::move(name), std::move(meaning), set, [&variable] { return std::to_string(variable.count()); }});
}

void knob_board::add(std::string name, std::string meaning, std::int64_t& variable) {
    auto set = [&variable](std::string_view text) -> result<> {
        const auto number = whole_number(text);
        if (!number) return fail(errc::invalid_input, fmt::format("'{}' is no whole number", text));
        variable = *number;
        return {};
    };
    knobs_.push_back({std::move(name), std::move(meaning), set, [&variable] { return std::to_string(variable); }});
}

void knob_board::add(std::string name, std::string meaning, std::string& variable, std::vector<std::string> choices) {
    auto set = [&variable, choices](std::string_view text) -> result<> {
        if (!choices.empty() && std::ranges::find(choices, text) == choices.end()) {
            return fail(errc::invalid_input, fmt::format("'{}' is none of {}", text, fmt::join(choices, ", ")));
        }
        variable = text;
        return {};
    };
    if (!choices.empty()) meaning += fmt::format(": {}", fmt::join(choices, ", "));
    knobs_.push_back({std::move(name), std::move(meaning), set, [&variable] { return variable; }});
}

result<> knob_board::set(std::string_view name, std::string_view value) {
    const auto found = std::ranges::find(knobs_, name, &knob::name);
    if (found == knobs_.end()) return fail(errc::not_found, fmt::format("there is no knob '{}'", name));
    auto done = found->set(value);
    if (!done) return fail(done.error().code, fmt::format("knob {}: {}", name, done.error().message));
    return {};
}

result<> knob_board::set_assignment(std::string_view assignment) {
    const auto equals = assignment.find('=');
    if (equals == std::string_view::npos) {
        return fail(errc::invalid_input, fmt::format("'{}' is not NAME=VALUE", assignment));
    }
    return set(assignment.substr(0, equals), assignment.substr(equals + 1));
}

result<> knob_board::set_from_json(std::string_view object) {
    auto parsed = wire::json_value::parse(object);
    if (!parsed) return std::unexpected(parsed.error());
    if (!parsed->is_object()) return fail(errc::invalid_input, "knobs come as one JSON object");
    for (const auto& [name, value] : parsed->members()) {
        if (auto done = set(name, value.text()); !done) return done;
    }
    return {};
}

std::string knob_board::to_json() const {
    wire::json_writer out;
    out.begin_object();
    for (const knob& k : knobs_) out.member(k.name, k.get());
    out.end_object();
    return out.take();
}

std::string knob_board::help() const {
    std::string out;
    for (const knob& k : knobs_) out += fmt::format("  {:<20} {} (now {})\n", k.name, k.meaning, k.get());
    return out;
}

}  // namespace lockhub::simulators
