#pragma once
// HTTP messages as plain values: what codecs make and read. No I/O knows itself here.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/core/time.hpp"

namespace lockhub::wire {

using header_list = std::vector<std::pair<std::string, std::string>>;  // names as sent; looked up ignoring case

struct http_request {
    std::string method = "POST";
    std::string url;      // absolute for outbound requests: "http://host:port/path?query"
    header_list headers;  // beyond Host, Content-Length, Connection and User-Agent, which the transport sets
    std::string body;
};

struct http_response {
    int status = 0;
    header_list headers;
    std::string body;

    // Value of the first header of that name, or "".
    std::string_view header(std::string_view name) const;
};

// The Retry-After header in its form in seconds, a day at most; a date would need a clock to compare with.
std::optional<duration> retry_after(const http_response& response);

std::string_view find_header(const header_list& headers, std::string_view name);

}  // namespace lockhub::wire
