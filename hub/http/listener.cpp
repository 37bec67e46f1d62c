#include "hub/http/listener.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace lockhub::hub {
namespace {

using asio::ip::tcp;
using boost::system::error_code;
using local_protocol = asio::local::stream_protocol;

constexpr std::string_view unix_prefix = "unix:";

[[noreturn]] void cannot_listen(const std::string& where, const std::error_code& ec) {
    throw std::system_error(ec, fmt::format("cannot listen on {}", where));
}

tcp::endpoint resolve(asio::io_context& io, const std::string& host, std::uint16_t port) {
    error_code ec;
    const auto address = asio::ip::make_address(host, ec);
    if (!ec) return {address, port};
    tcp::resolver resolver(io);
    const auto found = resolver.resolve(host, std::to_string(port), ec);
    if (ec) cannot_listen(fmt::format("{}:{}", host, port), ec);
    return found.begin()->endpoint();
}

bool somebody_answers(asio::io_context& io, const local_protocol::endpoint& at) {
    local_protocol::socket probe(io);
    error_code ec;
    probe.connect(at, ec);
    return !ec;
}

}  // namespace

listener::listener(asio::io_context& io, const std::string& host, std::uint16_t port) : acceptor_(io.get_executor()) {
    if (host.starts_with(unix_prefix)) {
        path_ = host.substr(unix_prefix.size());
        listen_unix();
    } else {
        listen_tcp(host, port);
    }
}

listener::~listener() {
    close();
}

void listener::listen_tcp(const std::string& host, std::uint16_t port) {
    auto& io = static_cast<asio::io_context&>(acceptor_.get_executor().context());
    const auto endpoint = resolve(io, host, port);
    const auto where = host.contains(':') ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
    error_code ec;
    acceptor_.open(endpoint.protocol(), ec);
    if (!ec) acceptor_.set_option(asio::socket_base::reuse_address(true), ec);
    if (!ec) acceptor_.bind(endpoint, ec);
    if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) cannot_listen(where, ec);
    tcp::endpoint bound;
    const auto local = acceptor_.local_endpoint(ec);
    if (ec) cannot_listen(where, ec);
    bound.resize(local.size());
    std::memcpy(bound.data(), local.data(), local.size());
    port_ = bound.port();
}

void listener::listen_unix() {
    auto& io = static_cast<asio::io_context&>(acceptor_.get_executor().context());
    const auto path = std::exchange(path_, {});
    const auto where = std::string(unix_prefix) + path;
    if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path))
        cannot_listen(where, std::make_error_code(std::errc::filename_too_long));
    const local_protocol::endpoint endpoint(path);

    struct ::stat status{};
    if (::lstat(path.c_str(), &status) == 0) {
        if (!S_ISSOCK(status.st_mode)) cannot_listen(where, std::make_error_code(std::errc::file_exists));
        if (somebody_answers(io, endpoint)) cannot_listen(where, std::make_error_code(std::errc::address_in_use));
        ::unlink(path.c_str());
    }
    error_code ec;
    acceptor_.open(endpoint.protocol(), ec);
    // Before bind, Linux takes the mode of the socket for the file it makes: there is no moment at which others may
    // connect.
    if (!ec && ::fchmod(acceptor_.native_handle(), S_IRUSR | S_IWUSR) != 0)
        ec.assign(errno, boost::system::system_category());
    if (!ec) acceptor_.bind(endpoint, ec);
    if (ec) cannot_listen(where, ec);
    path_ = path;
    if (::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) ec.assign(errno, boost::system::system_category());
    if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) cannot_listen(where, ec);
}

void listener::close() {
    error_code ec;
    if (!acceptor_.is_open()) return;
    acceptor_.close(ec);
    if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace lockhub::hub
