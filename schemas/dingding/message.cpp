#include "schemas/dingding/message.hpp"

#include <algorithm>
#include <utility>

#include "schemas/wire/digest.hpp"

namespace lockhub::dingding {

namespace {

using kind = wire::json_value::kind;

bool is_form(std::string_view content_type, std::string_view body) {
    constexpr std::string_view form_type = "application/x-www-form-urlencoded";
    const auto type = content_type.substr(0, content_type.find_first_of("; "));
    const auto first = body.find_first_not_of(" \t\r\n");
    const bool looks_like_json = first != std::string_view::npos && body[first] == '{';
    // curl and some HTTP libraries call everything a form; no form begins with a brace.
    if (type.empty() || wire::equal_ignoring_case(type, form_type)) return !looks_like_json;
    return false;
}

}  // namespace

result<> push_message::read(std::string_view content_type, std::string_view body) {
    fields_.clear();
    containers_.clear();
    compact_.clear();
    auto done = is_form(content_type, body) ? read_form(body) : read_json(body);
    if (done) sort_fields();
    return done;
}

result<> push_message::read_json(std::string_view body) {
    const auto document = scan_.open(body);
    if (!document) return std::unexpected(document.error());
    simdjson::ondemand::json_type type{};
    if (const auto code = (*document)->type().get(type)) return scan_.broken(code);
    if (type != simdjson::ondemand::json_type::object) return fail(errc::invalid_input, "body is not a JSON object");
    simdjson::ondemand::object object;
    if (const auto code = (*document)->get_object().get(object)) return scan_.broken(code);

    compact_.reserve(body.size());  // views into it must not move
    for (auto each : object) {
        simdjson::ondemand::field raw;
        if (const auto code = std::move(each).get(raw)) return scan_.broken(code);
        auto& field = fields_.emplace_back();
        field.position = fields_.size();
        if (const auto code = raw.unescaped_key().get(field.name)) return scan_.broken(code);
        simdjson::ondemand::json_type value_type{};
        if (const auto code = raw.value().type().get(value_type)) return scan_.broken(code);
        if (value_type == simdjson::ondemand::json_type::object || value_type == simdjson::ondemand::json_type::array) {
            const auto begin = compact_.size();
            auto& container = containers_.emplace_back();
            if (auto read = scan_.read(raw.value(), 1, container, &compact_); !read) return read;
            field.kind = container.type();
            field.value = &container;
            field.text = std::string_view(compact_).substr(begin);
        } else {
            const auto scalar = scan_.read_scalar(raw.value());
            if (!scalar) return std::unexpected(scalar.error());
            field.kind = scalar->kind;
            field.text = scalar->text;
        }
    }
    return scan_.finish();
}

result<> push_message::read_form(std::string_view body) {
    auto form = wire::form::parse(body);
    if (!form) return std::unexpected(form.error());
    form_ = std::move(*form);
    for (const auto& [name, value] : form_.fields()) {
        auto& field = fields_.emplace_back();
        field.name = name;
        field.kind = kind::string;
        field.text = value;
        field.position = fields_.size();
    }
    return {};
}

void push_message::sort_fields() {
    std::ranges::sort(fields_, [](const message_field& a, const message_field& b) {
        return a.name != b.name ? a.name < b.name : a.position > b.position;
    });
    const auto repeated = std::ranges::unique(fields_, {}, &message_field::name);
    fields_.erase(repeated.begin(), repeated.end());
}

const message_field* push_message::find(std::string_view name) const {
    for (const auto& field : fields_) {
        if (field.name == name) return &field;
    }
    return nullptr;
}

std::string_view push_message::text_of(std::string_view name) const {
    const auto* field = find(name);
    return field ? field->text : std::string_view();
}

std::string_view push_message::scalar_of(std::string_view name) const {
    const auto* field = find(name);
    return field && !field->is_container() ? field->text : std::string_view();
}

}  // namespace lockhub::dingding
