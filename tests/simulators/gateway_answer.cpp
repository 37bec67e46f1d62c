#include "tests/simulators/gateway_answer.hpp"

#include <fmt/format.h>

#include "schemas/wire/json_writer.hpp"
#include "tests/simulators/push_body.hpp"

namespace lockhub::simulators {

namespace {

std::string with_trailing_commas(std::string_view json) {
    std::string out;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        const bool escaped = i > 0 && json[i - 1] == '\\';
        if (c == '"' && !escaped) in_string = !in_string;
        const bool closes = !in_string && (c == '}' || c == ']');
        if (closes && !out.ends_with('{') && !out.ends_with('[')) out += ',';
        out += c;
    }
    return out;
}

}  // namespace

gateway_outcome gateway_outcome::refused(std::string why) {
    gateway_outcome out;
    out.code = 0;
    out.message = std::move(why);
    return out;
}

gateway_outcome gateway_outcome::lacking(std::string_view parameter) {
    return refused(fmt::format("参数错误: {}", parameter));
}

std::string gateway_outcome::json(std::string_view style) const {
    const std::string said = quoted(message);
    if (style == "strict") return fmt::format(R"({{"code":{},"msg":{},"data":{}}})", code, said, data);
    if (style == "document") {
        return fmt::format("{{\n  \"code\": {},\n  \"msg\": {},\n  \"data\": {}\n}}", code, said,
                           with_trailing_commas(data));
    }
    if (data == "null") return fmt::format(R"({{"code":"{}","msg":{}}})", code, said);
    const bool bare = data.starts_with('{');
    return fmt::format(R"({{"code":"{}","msg":{},"data":{}{}{}}})", code, said, bare ? "[" : "", data, bare ? "]" : "");
}

std::string json_object(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
    wire::json_writer out;
    out.begin_object();
    for (const auto& [name, value] : members) out.member(name, value);
    out.end_object();
    return out.take();
}

wire::http_response page(int status) {
    return {.status = status,
            .headers = {{"Content-Type", "text/html"}},
            .body = "<html><body>the program behind this page is gone</body></html>"};
}

}  // namespace lockhub::simulators
