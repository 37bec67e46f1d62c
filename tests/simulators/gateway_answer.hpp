#pragma once
// What the simulated gateway says to a call, and the ways its answers are written.
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "schemas/wire/http_message.hpp"

namespace lockhub::simulators {

struct gateway_outcome {
    std::int64_t code = 1;
    std::string message = "操作成功";
    std::string data = "null";  // compact JSON
    bool silent = false;        // the connection is closed without an answer

    static gateway_outcome refused(std::string message);
    static gateway_outcome lacking(std::string_view parameter);

    // "strict"; "document": with commas before closing brackets in `data`; "loose": the code as text, an object of
    // `data` in a list, and no `data` where there is none.
    std::string json(std::string_view style) const;
};

std::string json_object(std::initializer_list<std::pair<std::string_view, std::string_view>> members);
wire::http_response page(int status);

}  // namespace lockhub::simulators
