#pragma once
// A call of 云柚's API as read off the wire: strict about what the document asks for, so that a wrong codec shows.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"
#include "schemas/core/time.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::simulators {

struct yeeuu_method {
    std::string_view name;
    std::string_view http_method;
    bool changes = true;
};

// nullptr for a method the document does not have.
const yeeuu_method* find_yeeuu_method(std::string_view name);

struct yeeuu_call {
    const yeeuu_method* method = nullptr;
    std::string code_in_path;  // "" for synchronize_apartments
    std::map<std::string, std::string, std::less<>> parameters;

    std::string get(std::string_view parameter) const;  // "" when absent
    // nullopt where it is no whole number above 0.
    std::optional<std::int64_t> number(std::string_view parameter) const;
    std::optional<time_point> seconds(std::string_view parameter) const;
    // "code", or "code/door" for a door inside; nullopt for any other doorType, and for an inner door without a name.
    std::optional<std::string> lock() const;
};

// POST takes its parameters from a form, GET from the query. Fails with not_found (no such path), unsupported (wrong
// method or Content-Type) or invalid_input.
result<yeeuu_call> read_yeeuu_call(const wire::http_request& request);

}  // namespace lockhub::simulators
