#pragma once
// The bytes before the body of an outbound HTTP/1.1 request. Pure.
#include <string>
#include <string_view>

#include "dispatch/net/url.hpp"
#include "schemas/core/result.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::dispatch {

// Request line, Host, User-Agent, Content-Length and the request's own headers. Host, Content-Length, Connection,
// Transfer-Encoding and User-Agent of the request are left out: the transport owns them. Fails (invalid_input) for a
// method, header name or value that would break out of its line.
result<std::string> make_request_head(const wire::http_request& request, const target_url& url,
                                      std::string_view user_agent);

}  // namespace lockhub::dispatch
