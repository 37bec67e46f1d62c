#pragma once
// A call of 丁盯's API as read off the wire: strict about what the document asks for, so that a wrong codec shows.
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::simulators {

struct dingding_verb {
    std::string_view name;
    std::string_view method;  // "GET", "POST", or both with a stroke between
    bool changes_lock = false;
    bool needs_lock = true;
    bool changes_place = false;  // a home, a room, an order

    bool changes() const { return changes_lock || changes_place; }
};

// nullptr for a verb the simulator does not know.
const dingding_verb* find_verb(std::string_view name);

struct dingding_call {
    const dingding_verb* verb = nullptr;
    std::map<std::string, std::string, std::less<>> parameters;  // a list as its items with commas between

    std::string get(std::string_view name) const;  // "" when absent
    std::optional<std::int64_t> number(std::string_view name) const;
};

// Parameters under the names clients send, whatever spelling they came in (PROTOCOLS 2.6).
// GET takes its parameters from the query, POST from a JSON body. Fails with not_found (no such verb), unsupported
// (wrong method) or invalid_input.
result<dingding_call> read_dingding_call(const wire::http_request& request);

}  // namespace lockhub::simulators
