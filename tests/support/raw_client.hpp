#pragma once
// A blocking HTTP client that sends exactly the bytes a test gives it. Every wait ends after `patience` with an
// exception. For tests whose server runs in a thread of its own.
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lockhub::test {

struct raw_response {
    int status = 0;
    std::string head;  // status line and headers, with the empty line
    std::string body;

    // "" when absent; the name as the server writes it.
    std::string header(std::string_view name) const;
};

class raw_client {
  public:
    static constexpr auto patience = std::chrono::seconds(20);

    explicit raw_client(std::uint16_t port);
    explicit raw_client(const std::string& unix_path);
    ~raw_client();
    raw_client(raw_client&&) noexcept;
    raw_client& operator=(raw_client&&) = delete;

    // Continues in TLS. Trusts that certificate alone when one is given. Throws when the handshake fails.
    void start_tls(const std::string& trusted_pem = {}, int max_version = 0);
    std::string peer_certificate_pem() const;

    void send(std::string_view bytes);
    // As many bytes as go without blocking.
    std::size_t send_what_fits(std::string_view bytes);
    // True when bytes or the end of the connection came within `wait`.
    bool readable_within(std::chrono::milliseconds wait);

    // Throws when the connection ends first. A response to HEAD has no body whatever its length says.
    raw_response read_response(bool to_head = false);
    // What is left until the server closes; throws when it resets the connection instead.
    std::string read_to_end();
    bool closed_by_server() { return read_to_end().empty(); }

    void finish_sending();  // half close
    void reset();           // the server sees a reset connection

  private:
    struct state;
    std::size_t read_some();
    std::unique_ptr<state> state_;
};

}  // namespace lockhub::test
