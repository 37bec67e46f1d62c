#include "tests/simulators/program/plain_server.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>

namespace lockhub::simulators {

namespace asio = dispatch::asio;

namespace {

constexpr std::size_t header_limit = 64 * 1024;
constexpr std::size_t body_limit = 4 * 1024 * 1024;
constexpr auto awaiting = asio::as_tuple(asio::use_awaitable_t<dispatch::executor>{});

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::optional<wire::http_request> read_head(std::string_view head) {
    wire::http_request out;
    auto line_end = head.find("\r\n");
    const std::string_view first = head.substr(0, line_end);
    const auto space = first.find(' ');
    const auto second_space = first.rfind(' ');
    if (space == std::string_view::npos || second_space == space) return std::nullopt;
    out.method = first.substr(0, space);
    out.url = first.substr(space + 1, second_space - space - 1);
    while (line_end + 2 < head.size()) {
        const auto start = line_end + 2;
        line_end = head.find("\r\n", start);
        const std::string_view line = head.substr(start, line_end - start);
        if (line.empty()) break;
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        out.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    }
    return out;
}

std::optional<std::size_t> body_size(const wire::http_request& request) {
    if (!wire::find_header(request.headers, "Transfer-Encoding").empty()) return std::nullopt;
    const std::string_view text = wire::find_header(request.headers, "Content-Length");
    if (text.empty()) return 0;
    std::size_t size = 0;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (ec != std::errc{} || end != text.data() + text.size() || size > body_limit) return std::nullopt;
    return size;
}

std::string answer_text(const wire::http_response& response) {
    std::string out =
        fmt::format("HTTP/1.1 {} Simulated\r\nContent-Length: {}\r\n", response.status, response.body.size());
    for (const auto& [name, value] : response.headers) out += fmt::format("{}: {}\r\n", name, value);
    return out + "\r\n" + response.body;
}

}  // namespace

plain_server::plain_server(asio::io_context& io, dispatch::task_group& group, std::uint16_t port, handler on_request)
    : group_(group), acceptor_(io.get_executor()), on_request_(std::move(on_request)) {
    const asio::ip::tcp::endpoint where(asio::ip::address_v4::loopback(), port);
    acceptor_.open(where.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    acceptor_.bind(where);
    acceptor_.listen();
    port_ = acceptor_.local_endpoint().port();
    group_.spawn("accept", accept_all());
}

void plain_server::stop() {
    stopping_ = true;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    for (const auto& peer : open_) peer->close(ignored);
}

task<void> plain_server::accept_all() {
    while (!stopping_) {
        auto peer = std::make_shared<socket>(acceptor_.get_executor());
        auto [ec] = co_await acceptor_.async_accept(*peer, awaiting);
        if (ec || stopping_) continue;
        boost::system::error_code ignored;
        peer->set_option(asio::ip::tcp::no_delay(true), ignored);
        open_.insert(peer);
        group_.spawn("serve", serve(peer));
    }
}

task<void> plain_server::serve(std::shared_ptr<socket> peer) {
    std::string buffer;
    while (!stopping_) {
        auto [read_ec, head_size] =
            co_await asio::async_read_until(*peer, asio::dynamic_buffer(buffer, header_limit), "\r\n\r\n", awaiting);
        if (read_ec) break;
        auto request = read_head(std::string_view(buffer).substr(0, head_size));
        const auto size = request ? body_size(*request) : std::nullopt;
        if (!size) break;
        if (const std::size_t whole = head_size + *size; buffer.size() < whole) {
            const std::size_t had = buffer.size();
            buffer.resize(whole);
            auto [body_ec, body_read] =
                co_await asio::async_read(*peer, asio::buffer(buffer.data() + had, whole - had), awaiting);
            if (body_ec) break;
        }
        request->body = buffer.substr(head_size, *size);
        buffer.erase(0, head_size + *size);
        const bool last = wire::find_header(request->headers, "Connection") == "close";
        auto response = co_await on_request_(std::move(*request));
        if (!response || stopping_) break;
        const std::string text = answer_text(*response);
        auto [write_ec, written] = co_await asio::async_write(*peer, asio::buffer(text), awaiting);
        if (write_ec || last) break;
    }
    boost::system::error_code ignored;
    peer->close(ignored);
    open_.erase(peer);
}

}  // namespace lockhub::simulators
