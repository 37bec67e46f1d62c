#include "dispatch/net/request_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "schemas/wire/digest.hpp"

namespace lockhub::dispatch {

namespace {

constexpr std::string_view token_marks = "!#$%&'*+-.^_`|~";

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || token_marks.contains(c);
    });
}

bool is_header_value(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; });
}

bool owned_by_transport(std::string_view name) {
    static constexpr std::array<std::string_view, 5> names = {"host", "content-length", "connection",
                                                              "transfer-encoding", "user-agent"};
    return std::ranges::any_of(names, [&](std::string_view own) { return wire::equal_ignoring_case(name, own); });
}

}  // namespace

result<std::string> make_request_head(const wire::http_request& request, const target_url& url,
                                      std::string_view user_agent) {
    if (!is_token(request.method)) return fail(errc::invalid_input, "the request's method is no HTTP token");
    std::string head;
    head.reserve(256 + url.target.size());
    auto out = std::back_inserter(head);
    fmt::format_to(out, "{} {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: {}\r\n", request.method, url.target, url.authority,
                   user_agent);
    if (!request.body.empty() || (request.method != "GET" && request.method != "HEAD")) {
        fmt::format_to(out, "Content-Length: {}\r\n", request.body.size());
    }
    for (const auto& [name, value] : request.headers) {
        if (!is_token(name)) return fail(errc::invalid_input, "a header name of the request is no HTTP token");
        if (!is_header_value(value)) {
            return fail(errc::invalid_input, fmt::format("the value of header {} holds a control character", name));
        }
        if (!owned_by_transport(name)) fmt::format_to(out, "{}: {}\r\n", name, value);
    }
    head += "\r\n";
    return head;
}

}  // namespace lockhub::dispatch
