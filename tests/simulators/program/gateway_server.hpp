#pragma once
// The simulated gateway behind a real socket, with its control calls under /sim/.
#include <functional>

#include "schemas/core/clock.hpp"
#include "tests/simulators/gateway_box.hpp"
#include "tests/simulators/program/pauses.hpp"
#include "tests/simulators/program/plain_server.hpp"

namespace lockhub::simulators {

class gateway_server {
  public:
    struct parts {
        dispatch::asio::io_context& io;
        dispatch::task_group& group;
        const clock& time;
        pauses& waits;
        random_source& random;
    };

    gateway_server(parts with, gateway_registration registration, std::uint16_t port);

    std::uint16_t port() const { return server_.port(); }
    gateway_box& box() { return box_; }
    // Told of each call of the API and what it was answered.
    void set_observer(std::function<void(const wire::http_request&, const answer&)> told) { told_ = std::move(told); }
    void stop() { server_.stop(); }

    static const char* control_help();

  private:
    task<std::optional<wire::http_response>> handle(wire::http_request request);
    wire::http_response control(const wire::http_request& request);
    wire::http_response change(std::string_view what, const std::string& body);
    door_answer try_door(const std::string& rm_id, const wire::json_value& in);
    wire::http_response change_room(std::string_view what, const wire::json_value& in);
    wire::http_response change_card(const wire::json_value& in);

    parts with_;
    gateway_box box_;
    std::function<void(const wire::http_request&, const answer&)> told_;
    plain_server server_;
};

}  // namespace lockhub::simulators
