#pragma once
// The simulated 丁盯 cloud behind a real socket, with its control calls under /sim/.
#include <functional>
#include <memory>
#include <string>

#include "schemas/core/clock.hpp"
#include "tests/simulators/dingding_cloud.hpp"
#include "tests/simulators/program/plain_server.hpp"
#include "tests/simulators/program/push_sender.hpp"

namespace lockhub::simulators {

class cloud_server {
  public:
    struct parts {
        dispatch::asio::io_context& io;
        dispatch::task_group& group;
        const clock& time;
        pauses& waits;
        dispatch::transport& out;
        random_source& random;
    };

    cloud_server(parts with, dingding_registration registration, std::uint16_t port);

    std::uint16_t port() const { return server_.port(); }
    dingding_cloud& cloud() { return cloud_; }
    push_sender& pushes() { return pushes_; }
    // Told of each call of the API: verb and what became of it.
    void set_observer(std::function<void(const wire::http_request&, const answer&)> told) { told_ = std::move(told); }
    void stop() { server_.stop(); }

    static const char* control_help();

  private:
    task<std::optional<wire::http_response>> handle(wire::http_request request);
    wire::http_response control(const wire::http_request& request, std::string_view path, std::string_view query);
    wire::http_response change(std::string_view what, const std::string& body);

    parts with_;
    dingding_cloud cloud_;
    push_sender pushes_;
    std::function<void(const wire::http_request&, const answer&)> told_;
    plain_server server_;
};

}  // namespace lockhub::simulators
