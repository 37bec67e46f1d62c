#pragma once
// A blocking HTTP call to the running service over its unix socket: plain POSIX, one connection a call.
#include <filesystem>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/core/time.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::hub {

class service_client {
  public:
    service_client(std::filesystem::path socket, secret token, duration timeout = std::chrono::seconds(60))
        : socket_(std::move(socket)), token_(std::move(token)), timeout_(timeout) {}

    // Fails with not_found when nobody listens (no socket, or refused), unavailable or timeout for everything else that
    // keeps an answer from coming. Any HTTP status is an answer.
    result<wire::http_response> call(std::string_view method, std::string_view target, std::string_view content_type,
                                     std::string_view body) const;
    result<wire::http_response> get(std::string_view target) const { return call("GET", target, "", ""); }
    result<wire::http_response> post_json(std::string_view target, std::string_view body) const {
        return call("POST", target, "application/json", body);
    }

  private:
    std::filesystem::path socket_;
    secret token_;
    duration timeout_;
};

// Reads one complete HTTP/1.1 response that ends with the connection. Pure.
result<wire::http_response> parse_http_response(std::string_view text);

}  // namespace lockhub::hub
