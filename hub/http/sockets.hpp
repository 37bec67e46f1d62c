#pragma once
// The socket types of the server. The generic protocol lets TCP and unix sockets share one session; the concrete
// executor keeps each operation cheap.
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>

#include "dispatch/net/task.hpp"

namespace lockhub::hub {

namespace asio = boost::asio;

using stream_protocol = asio::generic::stream_protocol;
using stream_socket = asio::basic_stream_socket<stream_protocol, dispatch::executor>;
using stream_acceptor = asio::basic_socket_acceptor<stream_protocol, dispatch::executor>;

}  // namespace lockhub::hub
