#pragma once
// A call of the gateway's API as read off the wire: strict about what the document asks for, so that a wrong codec
// shows.
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"
#include "schemas/core/time.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::simulators {

struct gateway_call {
    std::string name;  // "MarkRoomCard"
    std::map<std::string, std::string, std::less<>> parameters;

    std::string get(std::string_view parameter) const;  // "" when absent
    // nullopt where it is no "yyyy-MM-dd HH:mm:ss".
    std::optional<time_point> time(std::string_view parameter) const;
    // nullopt where it is no whole number above 0, or written with more than its digits.
    std::optional<int> number(std::string_view parameter) const;
};

// POST /Api/{name} with a form or a JSON object, as Content-Type says. Fails with not_found (no such path), unsupported
// (no POST, or a body of another kind than `body`: "any", "form", "json") or invalid_input.
result<gateway_call> read_gateway_call(const wire::http_request& request, std::string_view body);

}  // namespace lockhub::simulators
