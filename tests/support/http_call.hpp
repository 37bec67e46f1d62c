#pragma once
// One HTTP call to a server on loopback, blocking, on a connection of its own.
#include <optional>
#include <string>

#include "schemas/wire/json_value.hpp"

namespace lockhub::test {

struct call_answer {
    int status = 0;
    std::string head;
    std::string body;

    // Throws std::runtime_error when the body is no JSON.
    wire::json_value json() const;
};

// `origin` is "http://127.0.0.1:8080". Throws std::runtime_error when no whole answer came.
call_answer http_get(const std::string& origin, const std::string& target);
call_answer http_post(const std::string& origin, const std::string& target, const std::string& body,
                      const std::string& content_type = "application/json");
call_answer http_call(const std::string& origin, const std::string& head_and_body);  // the bytes as they are

// nullopt instead of an exception: for calls to a server that is being killed.
std::optional<call_answer> try_http_post(const std::string& origin, const std::string& target, const std::string& body,
                                         const std::string& content_type = "application/json");

}  // namespace lockhub::test
