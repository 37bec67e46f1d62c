#include "tests/support/http_call.hpp"

#include <fmt/format.h>

#include <charconv>
#include <exception>
#include <stdexcept>

#include "tests/support/raw_client.hpp"

namespace lockhub::test {

namespace {

std::uint16_t port_of(const std::string& origin) {
    const auto colon = origin.rfind(':');
    std::uint16_t port = 0;
    const auto [end, ec] = std::from_chars(origin.data() + colon + 1, origin.data() + origin.size(), port);
    if (ec != std::errc{} || colon == std::string::npos) throw std::runtime_error("no port in " + origin);
    return port;
}

}  // namespace

wire::json_value call_answer::json() const {
    auto parsed = wire::json_value::parse(body);
    if (!parsed) throw std::runtime_error(fmt::format("no JSON ({}): {}", parsed.error().message, body));
    return std::move(*parsed);
}

call_answer http_call(const std::string& origin, const std::string& head_and_body) {
    raw_client client(port_of(origin));
    client.send(head_and_body);
    raw_response response = client.read_response();
    return {.status = response.status, .head = std::move(response.head), .body = std::move(response.body)};
}

call_answer http_get(const std::string& origin, const std::string& target) {
    return http_call(origin, fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", target));
}

call_answer http_post(const std::string& origin, const std::string& target, const std::string& body,
                      const std::string& content_type) {
    return http_call(origin,
                     fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {}\r\n"
                                 "Content-Length: {}\r\n\r\n{}",
                                 target, content_type, body.size(), body));
}

std::optional<call_answer> try_http_post(const std::string& origin, const std::string& target, const std::string& body,
                                         const std::string& content_type) {
    try {
        return http_post(origin, target, body, content_type);
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace lockhub::test
