#include "hub/routes/body_members.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/core/suggestions.hpp"

namespace lockhub::hub {

using wire::json_value;

body_members::body_members(std::string_view text, std::span<const std::string_view> known) {
    auto parsed = json_value::parse(text);
    if (!parsed) {
        wrong("the body is no JSON: " + parsed.error().message);
    } else if (!parsed->is_object()) {
        wrong("the body must be a JSON object");
    } else {
        body_ = *std::move(parsed);
    }
    for (const auto& [name, value] : body_.members()) {
        if (std::ranges::find(known, name) == known.end())
            wrong(fmt::format("unknown member '{}'{}", name, did_you_mean(name, known)));
    }
}

std::string body_members::text(std::string_view name, bool required) {
    const auto* member = body_.find(name);
    if (member == nullptr || (member->type() == json_value::kind::string && member->text().empty())) {
        if (required) wrong(fmt::format("'{}' is missing", name));
        return {};
    }
    if (member->type() != json_value::kind::string) {
        wrong(fmt::format("'{}' must be a text", name));
        return {};
    }
    return member->text();
}

bool body_members::flag(std::string_view name) {
    const auto* member = body_.find(name);
    if (member == nullptr) return false;
    if (member->type() != json_value::kind::boolean) wrong(fmt::format("'{}' must be true or false", name));
    return member->text() == "true";
}

void body_members::wrong(std::string what) {
    if (sound_) sound_ = fail(errc::invalid_input, std::move(what));
}

}  // namespace lockhub::hub
