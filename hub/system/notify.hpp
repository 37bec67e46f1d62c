#pragma once
// sd_notify by a datagram of our own: tells systemd that the service is ready, stopping, or alive. Without systemd
// ($NOTIFY_SOCKET unset) every call does nothing.
#include <string>
#include <string_view>

#include "schemas/core/time.hpp"

namespace lockhub::hub {

class service_notifier {
  public:
    // `socket_path` as $NOTIFY_SOCKET has it: "" none, a leading '@' an abstract socket.
    explicit service_notifier(std::string socket_path) : socket_path_(std::move(socket_path)) {}
    static service_notifier from_environment();

    // False when a socket is set and the datagram could not be sent; nothing else comes of it.
    bool ready(std::string_view status) const;  // READY=1
    bool reloading() const;                     // RELOADING=1
    bool stopping() const;                      // STOPPING=1
    bool alive() const;                         // WATCHDOG=1: only after a round trip through the writer
    bool status(std::string_view text) const;   // STATUS=…

  private:
    bool send(std::string_view message) const;
    std::string socket_path_;
};

// How often alive() must come: half of $WATCHDOG_USEC, zero when no watchdog is set for this process.
duration watchdog_interval();

}  // namespace lockhub::hub
