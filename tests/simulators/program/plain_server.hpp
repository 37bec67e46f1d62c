#pragma once
// A small HTTP server on loopback for the simulators. Not the hub's: that one answers every request, which is what a
// simulated system must be able not to do; and a mistake in the hub's must not be mirrored here. Bodies with
// Content-Length only, at most 4 MiB.
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>

#include "dispatch/net/task_group.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::simulators {

using dispatch::task;

class plain_server {
  public:
    // nullopt closes the connection without an answer. `url` of the request is path and query.
    using handler = std::function<task<std::optional<wire::http_response>>(wire::http_request)>;

    // Binds at once; throws boost::system::system_error. Port 0 takes any free one. Tasks run in `group`.
    plain_server(dispatch::asio::io_context& io, dispatch::task_group& group, std::uint16_t port, handler on_request);
    plain_server(const plain_server&) = delete;
    plain_server& operator=(const plain_server&) = delete;

    std::uint16_t port() const { return port_; }
    // Closes the listener and every connection; what runs in the group ends soon after.
    void stop();

  private:
    using socket = dispatch::asio::basic_stream_socket<dispatch::asio::ip::tcp, dispatch::executor>;
    using acceptor = dispatch::asio::basic_socket_acceptor<dispatch::asio::ip::tcp, dispatch::executor>;

    task<void> accept_all();
    task<void> serve(std::shared_ptr<socket> peer);

    dispatch::task_group& group_;
    acceptor acceptor_;
    std::uint16_t port_ = 0;
    handler on_request_;
    std::set<std::shared_ptr<socket>> open_;
    bool stopping_ = false;
};

}  // namespace lockhub::simulators
