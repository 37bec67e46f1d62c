#include "hub/cli/vendor_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "schemas/core/limits.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/wire/bytes_text.hpp"

namespace lockhub::hub {

namespace {

using type = vendor_parameter::type;

type type_of(const vendor_method* method, std::string_view name) {
    if (method == nullptr) return type::text;
    const auto found = std::ranges::find(method->parameters, name, &vendor_parameter::name);
    return found == method->parameters.end() ? type::text : found->what;
}

std::string without_line_end(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    if (text.ends_with('\r')) text.pop_back();
    return text;
}

std::string as_parameter(type what, std::string content) {
    auto text = without_line_end(content);
    if (what == type::base64 && !wire::is_base64(text)) return wire::encode_base64(content);
    if (what == type::hex && !wire::is_hex(text)) return wire::encode_hex(content);
    return text;
}

result<std::string> read_file(const std::string& key, const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    if (!file) return fail(errc::invalid_input, fmt::format("{}: cannot read the file {}", key, name));
    std::string content(limits::face_body_bytes + 1, '\0');
    file.read(content.data(), static_cast<std::streamsize>(content.size()));
    content.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad()) return fail(errc::invalid_input, fmt::format("{}: cannot read the file {}", key, name));
    return content;
}

result<std::string> read_value(type what, const std::string& key, const std::string& given) {
    if (!given.starts_with('@')) return given;
    if (given.starts_with("@@")) return given.substr(1);
    auto content = read_file(key, given.substr(1));
    if (!content) return content;
    auto value = as_parameter(what, *std::move(content));
    if (value.size() > limits::face_body_bytes) {
        return fail(errc::invalid_input,
                    fmt::format("{}: {} makes more than {} bytes", key, given.substr(1), limits::face_body_bytes));
    }
    if (!is_utf8(value)) return fail(errc::invalid_input, fmt::format("{}: {} is no text", key, given.substr(1)));
    return value;
}

}  // namespace

result<wire::form> read_vendor_fields(const vendor_method* method, const std::vector<std::string>& given) {
    wire::form out;
    for (const auto& each : given) {
        const auto equals = each.find('=');
        // What has no '=' is not repeated: it may be a value that lost its key.
        if (equals == 0 || equals == std::string::npos) {
            return fail(errc::invalid_input, "fields are given as key=value or key=@file");
        }
        const auto key = each.substr(0, equals);
        auto value = read_value(type_of(method, key), key, each.substr(equals + 1));
        if (!value) return std::unexpected(value.error());
        out.add(key, *std::move(value));
    }
    return out;
}

}  // namespace lockhub::hub
