#include "tests/support/json_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>
#include <stdexcept>
#include <vector>

namespace lockhub::test {

namespace {

using wire::json_value;
using kind = json_value::kind;

constexpr int longest_chain = 32;

bool is_type(const json_value& value, std::string_view name) {
    switch (value.type()) {
        case kind::null:
            return name == "null";
        case kind::boolean:
            return name == "boolean";
        case kind::number:
            return name == "number" || (name == "integer" && value.integer());
        case kind::string:
            return name == "string";
        case kind::array:
            return name == "array";
        case kind::object:
            return name == "object";
    }
    return false;
}

// One value against one schema; what is found goes into `wrong`.
class checker {
  public:
    checker(const json_schema& schemas, std::vector<std::string>& wrong) : schemas_(schemas), wrong_(wrong) {}

    void check(const json_value& schema, const json_value& value, const std::string& place, int depth = 0) {
        if (depth > longest_chain) throw std::logic_error("the schema goes round in circles at " + place);
        if (!schema.is_object()) throw std::logic_error("no schema stands where one is needed, for " + place);
        for (const auto& [keyword, rule] : schema.members()) apply(schema, keyword, rule, value, place, depth);
    }

  private:
    void apply(const json_value& schema, const std::string& keyword, const json_value& rule, const json_value& value,
               const std::string& place, int depth) {
        if (!json_schema::knows(keyword)) throw std::logic_error("unknown keyword " + keyword + " in a schema");
        if (keyword == "$ref") check(schemas_.at(rule.text()), value, place, depth + 1);
        if (keyword == "type") check_type(rule, value, place);
        if (keyword == "const" && !same_json(rule, value)) say(place, "is not " + rule.text());
        if (keyword == "enum" && !one_of_these(rule, value)) say(place, "'" + value.text() + "' is none of the enum");
        if (keyword == "pattern") check_pattern(rule, value, place);
        if (keyword == "required") check_required(rule, value, place);
        if (keyword == "properties") check_properties(rule, value, place, depth);
        if (keyword == "additionalProperties") check_additional(schema, rule, value, place, depth);
        if (keyword == "items") check_items(rule, value, place, depth);
        if (keyword == "oneOf" || keyword == "anyOf") check_choice(keyword, rule, value, place, depth);
    }

    void say(const std::string& place, const std::string& what) {
        wrong_.push_back((place.empty() ? "/" : place) + ": " + what);
    }

    void check_type(const json_value& rule, const json_value& value, const std::string& place) {
        if (!rule.is_array()) {
            if (!is_type(value, rule.text())) say(place, "is no " + rule.text());
            return;
        }
        if (std::ranges::none_of(rule.items(), [&](const json_value& name) { return is_type(value, name.text()); })) {
            say(place, "is of none of the types");
        }
    }

    static bool one_of_these(const json_value& choices, const json_value& value) {
        return std::ranges::any_of(choices.items(), [&](const json_value& one) { return same_json(one, value); });
    }

    void check_pattern(const json_value& rule, const json_value& value, const std::string& place) {
        if (value.type() != kind::string) return;
        if (!std::regex_search(value.text(), std::regex(rule.text()))) {
            say(place, "'" + value.text() + "' does not fit " + rule.text());
        }
    }

    void check_required(const json_value& rule, const json_value& value, const std::string& place) {
        if (!value.is_object()) return;
        for (const json_value& name : rule.items()) {
            if (!value.find(name.text())) say(place, name.text() + " is missing");
        }
    }

    void check_properties(const json_value& rule, const json_value& value, const std::string& place, int depth) {
        for (const auto& [name, schema] : rule.members()) {
            if (const json_value* member = value.find(name)) check(schema, *member, place + "/" + name, depth + 1);
        }
    }

    void check_additional(const json_value& schema, const json_value& rule, const json_value& value,
                          const std::string& place, int depth) {
        const json_value* named = schema.find("properties");
        for (const auto& [name, member] : value.members()) {
            if (named && named->find(name)) continue;
            if (rule.is_object()) check(rule, member, place + "/" + name, depth + 1);
            if (rule.type() == kind::boolean && rule.text() == "false") say(place, name + " may not stand here");
        }
    }

    void check_items(const json_value& rule, const json_value& value, const std::string& place, int depth) {
        for (std::size_t i = 0; i < value.items().size(); ++i) {
            check(rule, value.items()[i], fmt::format("{}/{}", place, i), depth + 1);
        }
    }

    void check_choice(const std::string& keyword, const json_value& rule, const json_value& value,
                      const std::string& place, int depth) {
        std::size_t fitting = 0;
        std::string reasons;
        for (const json_value& choice : rule.items()) {
            std::vector<std::string> found;
            checker(schemas_, found).check(choice, value, place, depth + 1);
            fitting += found.empty() ? 1 : 0;
            if (!found.empty()) reasons += (reasons.empty() ? "" : "; ") + found.front();
        }
        if (fitting == 0) say(place, "fits nothing of " + keyword + " (" + reasons + ")");
        if (fitting > 1 && keyword == "oneOf") say(place, fmt::format("fits {} of oneOf", fitting));
    }

    const json_schema& schemas_;
    std::vector<std::string>& wrong_;
};

// "~1" and "~0" of a JSON pointer.
std::string unescaped(std::string text) {
    for (const auto& [escape, plain] : {std::pair<std::string_view, char>("~1", '/'), {"~0", '~'}}) {
        for (auto at = text.find(escape); at != std::string::npos; at = text.find(escape, at + 1)) {
            text.replace(at, escape.size(), 1, plain);
        }
    }
    return text;
}

}  // namespace

bool json_schema::knows(std::string_view keyword) {
    static constexpr auto known =
        std::to_array<std::string_view>({"$ref", "type", "const", "enum", "pattern", "required", "properties",
                                         "additionalProperties", "items", "oneOf", "anyOf", "title", "description"});
    return keyword.starts_with("x-") || std::ranges::find(known, keyword) != known.end();
}

std::string json_schema::check(const json_value& schema, const json_value& value) const {
    std::vector<std::string> wrong;
    checker(*this, wrong).check(schema, value, "");
    return fmt::format("{}", fmt::join(wrong, "\n"));
}

const json_value& json_schema::at(std::string_view reference) const {
    const json_value* node = &document_;
    const std::string whole(reference);
    if (!reference.starts_with("#/")) throw std::logic_error("only references inside the file are read: " + whole);
    reference.remove_prefix(1);
    while (node && !reference.empty()) {
        const auto end = std::min(reference.find('/', 1), reference.size());
        node = node->find(unescaped(std::string(reference.substr(1, end - 1))));
        reference.remove_prefix(end);
    }
    if (!node) throw std::logic_error("a reference leads nowhere: " + whole);
    return *node;
}

const json_value& json_schema::resolve(const json_value& node) const {
    const json_value* at_node = &node;
    for (int steps = 0; steps < longest_chain; ++steps) {
        const json_value* reference = at_node->find("$ref");
        if (!reference) return *at_node;
        at_node = &at(reference->text());
    }
    throw std::logic_error("references go round in circles");
}

bool same_json(const json_value& a, const json_value& b) {
    if (a.type() != b.type() || a.text() != b.text()) return false;
    if (a.items().size() != b.items().size() || a.members().size() != b.members().size()) return false;
    for (std::size_t i = 0; i < a.items().size(); ++i) {
        if (!same_json(a.items()[i], b.items()[i])) return false;
    }
    return std::ranges::all_of(a.members(), [&](const auto& member) {
        const json_value* other = b.find(member.first);
        return other && same_json(member.second, *other);
    });
}

}  // namespace lockhub::test
