#pragma once
// One request and its answer after the other, without I/O: which step comes next, which route, which refusal. The
// session carries the bytes.
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "hub/http/request_reader.hpp"
#include "hub/http/session.hpp"

namespace lockhub::hub {

class exchange {
  public:
    enum class step {
        read_idle,      // wait for a request to begin
        read_header,    // the rest of a header
        read_body,      // the rest of a body
        send_continue,  // "100 Continue", then next() again
        handle,         // give in() and out() to the route_handler(), then answer
        answer,         // send what write() gives
    };

    exchange(session_environment& shared, std::optional<wire::ip_address> peer);

    void begin();
    step next();

    std::span<char> room() { return reader_.room(); }
    void received(std::size_t bytes) { reader_.received(bytes); }

    // The client took too long for its header or body: the answer is 408.
    step time_out();

    // At step handle.
    handler& route_handler() { return *route_->target; }
    const request& in() const { return request_; }
    response& out() { return response_; }
    // What a handler throws becomes a 500 and a log line.
    void handler_failed(const std::exception_ptr& thrown);

    // The bytes of the answer; good until the next begin().
    std::string_view write();
    bool keep_alive() const { return keep_alive_; }

  private:
    step header_complete();
    step refuse_after_body();
    void refuse(int status, std::string_view message);
    void refuse_and_close(int status, std::string_view message);
    step fill_request();

    session_environment& shared_;
    std::optional<wire::ip_address> peer_;
    std::string peer_text_;
    bool behind_proxy_;
    std::string forwarded_text_;

    request_reader reader_;
    std::shared_ptr<const router> routes_;  // of this request: a new configuration does not pull it away
    const route* route_ = nullptr;          // nullptr: refused, response_ says how
    request request_;
    response response_;
    std::string bytes_;
    bool head_ = false;
    bool keep_alive_ = false;
};

}  // namespace lockhub::hub
