#pragma once
// One connection, from its acceptance to its close: reads, deadlines, answers, lingering. What a request means is the
// exchange's business.
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "dispatch/net/task.hpp"
#include "hub/http/deadline_wheel.hpp"
#include "hub/http/response_writer.hpp"
#include "hub/http/server.hpp"
#include "hub/http/sockets.hpp"
#include "schemas/wire/cidr.hpp"

namespace boost::asio::ssl {
class context;
}

namespace lockhub::hub {

// In turns of the server's deadline wheel.
struct session_deadlines {
    std::uint64_t header = 0;
    std::uint64_t body = 0;
    std::uint64_t idle = 0;
    std::uint64_t write = 0;
    std::uint64_t linger = 0;
};

// What the sessions of one server share. The server owns it and outlives them.
struct session_environment {
    const clock& time;
    std::shared_ptr<const router> routes;
    wire::cidr_list trusted_proxies;
    session_deadlines deadlines;
    deadline_wheel wheel{};
    http_date date{};
    server_statistics statistics{};
    bool stopping = false;                    // every answer from now on closes its connection
    std::array<char, 16 * 1024> forgotten{};  // where bytes go that nobody reads
};

class session : public deadline_wheel::entry {
  public:
    // Ends when the connection is closed. Never throws for what networks do.
    virtual task<void> run() = 0;
    // For a stopping server: an idle connection is closed, a request under way is answered first.
    virtual void finish() = 0;
    // Closes the connection at once. A handler under way still has to end by itself; its answer goes nowhere.
    virtual void cut() = 0;
};

// `peer` is nullopt for unix sockets.
std::unique_ptr<session> make_session(session_environment& shared, stream_socket socket,
                                      std::optional<wire::ip_address> peer);
std::unique_ptr<session> make_tls_session(session_environment& shared, stream_socket socket,
                                          std::optional<wire::ip_address> peer,
                                          std::shared_ptr<asio::ssl::context> context);

}  // namespace lockhub::hub
