#include "tests/simulators/program/hub_child.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>

namespace lockhub::simulators {

namespace asio = dispatch::asio;

namespace {
constexpr auto start_limit = std::chrono::seconds(30);
constexpr auto stop_limit = std::chrono::seconds(30);
}  // namespace

hub_child::hub_child(simulation& in, std::vector<std::string> arguments,
                     std::function<void(const std::string&)> on_line)
    : in_(in),
      child_(child_process::start(std::move(arguments))),
      on_line_(std::move(on_line)),
      spoke_(in.make_waiter()),
      end_(in.make_waiter()) {
    in_.group().spawn("hub output", pass_on());
}

task<void> hub_child::pass_on() {
    asio::posix::basic_stream_descriptor<dispatch::executor> output(in_.io().get_executor(), ::dup(child_.output()));
    std::string buffer;
    constexpr std::size_t longest_line = 256 * 1024;
    for (;;) {
        auto [ec, size] = co_await asio::async_read_until(output, asio::dynamic_buffer(buffer, longest_line), '\n',
                                                          asio::as_tuple(asio::use_awaitable_t<dispatch::executor>{}));
        if (ec) break;
        read_line(buffer.substr(0, size - 1));
        buffer.erase(0, size);
    }
    ended_ = true;
    spoke_->wake();
    end_->wake();
}

void hub_child::read_line(const std::string& line) {
    on_line_(line);
    if (!address_.empty()) return;
    address_ = listening_address(line);
    if (!address_.empty()) spoke_->wake();
}

task<std::string> hub_child::listening() {
    if (address_.empty() && !ended_) {
        co_await spoke_->wait_until(in_.time().now() + start_limit);
    }
    co_return address_;
}

task<int> hub_child::stop() {
    child_.signal(SIGTERM);
    if (!ended_) {
        co_await end_->wait_until(in_.time().now() + stop_limit);
    }
    if (!ended_) child_.signal(SIGKILL);
    co_return child_.wait(std::chrono::seconds(5)).value_or(1);
}

std::string listening_address(std::string_view line) {
    if (line.find("listening") == std::string_view::npos) return {};
    const auto start = line.find("http");
    if (start == std::string_view::npos) return {};
    const std::string_view rest = line.substr(start);
    return std::string(rest.substr(0, rest.find_first_of(" \"\\,/", rest.find("://") + 3)));
}

}  // namespace lockhub::simulators
