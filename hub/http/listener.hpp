#pragma once
// Binding: TCP addresses and unix sockets.
#include <string>

#include "hub/http/sockets.hpp"

namespace lockhub::hub {

class listener {
  public:
    // `host` is an IP address, a name of this machine, or "unix:/path". A unix socket gets mode 0600; a socket file
    // that nobody answers on any more is replaced, a live one is not. Throws std::system_error naming the address.
    listener(asio::io_context& io, const std::string& host, std::uint16_t port);
    ~listener();
    listener(const listener&) = delete;
    listener& operator=(const listener&) = delete;

    stream_acceptor& acceptor() { return acceptor_; }
    std::uint16_t port() const { return port_; }  // 0 for unix sockets
    bool is_unix() const { return !path_.empty(); }
    void close();  // removes the unix socket's file

  private:
    void listen_tcp(const std::string& host, std::uint16_t port);
    void listen_unix();

    stream_acceptor acceptor_;
    std::string path_;
    std::uint16_t port_ = 0;
};

}  // namespace lockhub::hub
