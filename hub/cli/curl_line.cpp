#include "hub/cli/curl_line.hpp"

#include <fmt/format.h>

#include "schemas/wire/form.hpp"

namespace lockhub::hub {

namespace {

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
        } else {
            out += c;
        }
    }
    return out + "'";
}

}  // namespace

std::string curl_line(const wire::http_request& message) {
    std::string out = fmt::format("curl -X {} {}", message.method, quoted(message.url));
    const auto kind = wire::find_header(message.headers, "Content-Type");
    const auto form = wire::form::parse(message.body);
    const bool as_form = kind == "application/x-www-form-urlencoded" && form;
    for (const auto& [name, value] : message.headers) {
        // curl sends this one by itself.
        if (as_form && value == kind) continue;
        out += fmt::format(" -H {}", quoted(fmt::format("{}: {}", name, value)));
    }
    if (as_form) {
        for (const auto& [name, value] : form->fields()) {
            out += fmt::format(" --data-urlencode {}", quoted(fmt::format("{}={}", name, value)));
        }
    } else if (!message.body.empty()) {
        out += fmt::format(" --data-binary {}", quoted(message.body));
    }
    return out;
}

}  // namespace lockhub::hub
