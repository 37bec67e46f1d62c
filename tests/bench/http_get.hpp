#pragma once
// The few lines of HTTP the benchmark asks of a server outside the load it makes. Blocking, loopback only.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace lockhub::bench {

class kept_connection {
  public:
    explicit kept_connection(std::uint16_t port);  // throws std::system_error
    kept_connection(kept_connection&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
    kept_connection& operator=(kept_connection&&) = delete;
    ~kept_connection();

    // The body of the answer; throws std::runtime_error when it is not 200 with a Content-Length.
    std::string get(std::string_view path);

  private:
    int socket_;
};

inline std::string http_get(std::uint16_t port, std::string_view path) {
    return kept_connection(port).get(path);
}

}  // namespace lockhub::bench
