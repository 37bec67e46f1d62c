#include "hub/config/document.hpp"

// The library's compiled form: its headers alone take seconds and are seen by this file only.
#include <toml++/toml.h>

namespace lockhub::hub {

namespace {

setting convert(const toml::node& node, const std::string& source);

void convert_table(const toml::table& from, const std::string& source, setting& to) {
    to.type = setting::kind::table;
    for (const auto& [key, value] : from) {
        auto member = convert(value, source);
        // A table's own position is its opening bracket; a key's position is what people look for.
        if (const auto line = key.source().begin.line; line != 0) member.at.line = line;
        to.members.push_back({std::string(key.str()), std::move(member)});
    }
}

setting convert(const toml::node& node, const std::string& source) {
    setting made;
    made.at = {source, static_cast<unsigned>(node.source().begin.line)};
    if (const auto* text = node.as_string()) {
        made.type = setting::kind::text;
        made.text = text->get();
    } else if (const auto* integer = node.as_integer()) {
        made.type = setting::kind::integer;
        made.integer = integer->get();
    } else if (const auto* boolean = node.as_boolean()) {
        made.type = setting::kind::boolean;
        made.boolean = boolean->get();
    } else if (const auto* list = node.as_array()) {
        made.type = setting::kind::list;
        for (const auto& item : *list) made.items.push_back(convert(item, source));
    } else if (const auto* table = node.as_table()) {
        convert_table(*table, source, made);
    }
    return made;
}

}  // namespace

std::expected<setting, config_problem> read_document(std::string_view text, const std::filesystem::path& file) {
    const std::string source = file.string();
    try {
        const auto parsed = toml::parse(text, std::string_view(source));
        setting document;
        document.at = {source, 0};
        convert_table(parsed, source, document);
        return document;
    } catch (const toml::parse_error& stop) {
        const place at{source, static_cast<unsigned>(stop.source().begin.line)};
        return std::unexpected(config_problem{at.text(), std::string(stop.description())});
    }
}

}  // namespace lockhub::hub
