#include "schemas/wire/json_value.hpp"

#include "schemas/wire/json_scan.hpp"
#include "schemas/wire/number.hpp"

namespace lockhub::wire {

namespace {

result<json_value> parse_with(json_scan& scan, std::string_view text) {
    auto document = scan.open(text);
    if (!document) return std::unexpected(document.error());
    simdjson::ondemand::json_type type{};
    if (const auto code = (*document)->type().get(type)) return scan.broken(code);
    if (type != simdjson::ondemand::json_type::object && type != simdjson::ondemand::json_type::array) {
        return scan.read_scalar_document();
    }
    simdjson::ondemand::value root;
    if (const auto code = (*document)->get_value().get(root)) return scan.broken(code);
    json_value out;
    if (auto read = scan.read(root, 0, out); !read) return std::unexpected(read.error());
    if (auto end = scan.finish(); !end) return std::unexpected(end.error());
    return out;
}

}  // namespace

result<json_value> json_value::parse(std::string_view text) {
    constexpr std::size_t kept_bytes = 64 * 1024;  // larger texts are rare and pay for a parser of their own
    if (text.size() > kept_bytes) {
        json_scan once;
        return parse_with(once, text);
    }
    thread_local json_scan kept;
    return parse_with(kept, text);
}

const json_value* json_value::find(std::string_view name) const {
    for (const auto& [key, value] : members_) {
        if (key == name) return &value;
    }
    return nullptr;
}

std::optional<std::int64_t> json_value::integer() const {
    if (kind_ != kind::number && kind_ != kind::string) return std::nullopt;
    return whole_number(text_);
}

std::string json_value::text_of(std::string_view name) const {
    const auto* member = find(name);
    return member ? member->text() : std::string();
}

std::optional<std::int64_t> json_value::integer_of(std::string_view name) const {
    const auto* member = find(name);
    return member ? member->integer() : std::nullopt;
}

}  // namespace lockhub::wire
