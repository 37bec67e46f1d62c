#pragma once
// Writes a response as the bytes of one send. Pure: the caller brings the time.
#include <string>
#include <string_view>

#include "hub/http/handler.hpp"
#include "schemas/core/time.hpp"

namespace lockhub::hub {

std::string_view reason_phrase(int status);  // "Not Found"; "Unknown" for a status the program never sends

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7), kept for the second it is true in.
class http_date {
  public:
    std::string_view at(time_point now);

  private:
    std::int64_t second_ = -1;
    std::string text_;
};

struct response_framing {
    bool keep_alive = true;
    bool http_1_1 = true;
    bool head = false;  // answers HEAD: the length of the body, not the body
};

// Appends to `out`. A Connection header stands only where it says something: "close", or "keep-alive" to HTTP/1.0.
// 204 and 304 carry no body and no length.
void write_response(std::string& out, const response& what, response_framing framing, std::string_view date);

// {"error":"…"} with the status; `message` is a literal of ours: nothing in it needs escaping.
void set_error(response& out, int status, std::string_view message);

inline constexpr std::string_view continue_response = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace lockhub::hub
