#pragma once
// What the server hands to a route and takes back. Plain values: no Beast, no sockets.
#include <functional>
#include <string>
#include <string_view>

#include "dispatch/net/task.hpp"
#include "schemas/core/time.hpp"

namespace lockhub::hub {

using dispatch::task;

// Views into the session's buffers: good until the handler's task ends, across its suspensions too (the session awaits
// it and reads nothing meanwhile).
struct request {
    std::string_view method;        // HEAD comes as "GET": the session keeps the body back
    std::string_view target;        // path and query as sent; of an absolute target what follows the host
    std::string_view path;          // without the query, not decoded
    std::string_view query;         // after '?', not decoded; "" when there is none
    std::string_view content_type;  // "" when absent
    std::string_view authorization;
    std::string_view body;
    std::string_view client_address;  // text; behind a trusted proxy the address it reports
    time_point received_at{};
};

// Filled by the handler. The session adds Content-Length, Date and Connection.
struct response {
    int status = 200;
    std::string_view content_type = "application/json; charset=utf-8";  // must outlive the response: a literal
    std::string body;
    unsigned retry_after_seconds = 0;  // 0: no Retry-After
    std::string_view allow;            // of 405: a literal

    void reset() {
        status = 200;
        content_type = "application/json; charset=utf-8";
        body.clear();
        retry_after_seconds = 0;
        allow = {};
    }
};

class handler {
  public:
    virtual ~handler() = default;
    // Exceptions become a 500 with a log line; the connection lives on.
    virtual task<void> handle(const request& in, response& out) = 0;
};

}  // namespace lockhub::hub
