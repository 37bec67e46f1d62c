#include "tests/support/client_fixture.hpp"

#include <sys/socket.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace lockhub::test {

namespace asio = dispatch::asio;
using tcp = asio::ip::tcp;
using tcp_socket = asio::basic_stream_socket<tcp, dispatch::executor>;
using tcp_acceptor = asio::basic_socket_acceptor<tcp, dispatch::executor>;

client_fixture::client_fixture() {
    names["pms.test"] = {*wire::ip_address::parse("127.0.0.1")};
    use({});
}

client_fixture::~client_fixture() {
    let_slow_lookups_end();
    stop_client();
}

void client_fixture::stop_client() {
    if (client) run_task(io, client->stop());
    client.reset();
}

void client_fixture::use(dispatch::client_options with) {
    stop_client();
    with.lookup = [this](const std::string& host) -> dispatch::lookup_result {
        if (host == "slow.test") slow_ended_.wait();
        const auto known = names.find(host);
        if (known == names.end()) return fail(errc::not_found, "no such name");
        return known->second;
    };
    client = dispatch::make_client(io, time, std::move(with));
}

dispatch::transport_result client_fixture::send(wire::http_request request) {
    return run_task(io, client->send(std::move(request), options));
}

wire::http_request client_fixture::post(std::string url, std::string body) {
    return {.method = "POST", .url = std::move(url), .headers = {}, .body = std::move(body)};
}

wire::http_request client_fixture::get(std::string url) {
    return {.method = "GET", .url = std::move(url), .headers = {}, .body = {}};
}

void client_fixture::let_slow_lookups_end() {
    if (!std::exchange(slow_released_, true)) slow_may_end_.set_value();
}

struct silent_listener::sockets {
    explicit sockets(asio::io_context& io)
        : acceptor(io.get_executor(), tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {}
    tcp_acceptor acceptor;
};

silent_listener::silent_listener(asio::io_context& io) : sockets_(std::make_unique<sockets>(io)) {}
silent_listener::~silent_listener() = default;
std::uint16_t silent_listener::port() const {
    return sockets_->acceptor.local_endpoint().port();
}

struct full_listener::sockets {
    explicit sockets(asio::io_context& io) : acceptor(io.get_executor()) {}
    tcp_acceptor acceptor;
    std::vector<tcp_socket> waiting;
};

full_listener::full_listener(asio::io_context& io) : sockets_(std::make_unique<sockets>(io)) {
    auto& acceptor = sockets_->acceptor;
    acceptor.open(tcp::v4());
    acceptor.bind(tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    acceptor.listen(0);
    // Linux keeps one more than the backlog says; the rest stays in SYN-SENT, as the client under test will.
    for (int i = 0; i < 4; ++i) {
        auto& socket = sockets_->waiting.emplace_back(io.get_executor());
        socket.open(tcp::v4());
        socket.native_non_blocking(true);
        // Asio's connect would wait for the answer.
        const auto target = acceptor.local_endpoint();
        ::connect(socket.native_handle(), target.data(), static_cast<socklen_t>(target.size()));
    }
}
full_listener::~full_listener() = default;
std::uint16_t full_listener::port() const {
    return sockets_->acceptor.local_endpoint().port();
}

}  // namespace lockhub::test
