#pragma once
// A network made of one function: what each request meets is the test's word. Runs on whatever time the waiters know.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "dispatch/net/transport.hpp"
#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"

namespace lockhub::test {

// What becomes of one request.
struct scripted_answer {
    dispatch::transport_result outcome;
    duration after{};     // when the outcome is known; beyond the call's timeout: the call ends with timeout
    bool reaches = true;  // false: a call that times out was certainly not sent
};

scripted_answer respond(int status, std::string body, wire::header_list headers = {});
scripted_answer respond_ok();         // 200 {"code":0,"msg":"ok"}
scripted_answer lose_reply();         // connection_lost, maybe_sent: the peer has the request
scripted_answer refuse_connection();  // connection_refused, nothing sent
scripted_answer fail_with(error_class why, bool maybe_sent);
scripted_answer never_answer();  // the call's timeout, maybe_sent
scripted_answer delayed(duration after, scripted_answer what);

class scripted_transport : public dispatch::transport {
  public:
    struct sent {
        time_point at{};
        wire::http_request request;
        dispatch::transport_options options;
    };
    using script = std::function<scripted_answer(const wire::http_request&)>;

    scripted_transport(const clock& time, dispatch::waiter_factory& waiters, script answers);
    ~scripted_transport() override;

    dispatch::task<dispatch::transport_result> send(wire::http_request request,
                                                    dispatch::transport_options options) override;

    void set_script(script answers);  // of later requests
    // Calls under way end with `interrupted`, later ones too, as when the real client is stopped.
    void interrupt();

    const std::vector<sent>& requests() const { return requests_; }  // in the order they came
    std::size_t in_flight() const { return under_way_.size(); }
    std::size_t most_in_flight() const { return most_in_flight_; }

  private:
    const clock& time_;
    dispatch::waiter_factory& waiters_;
    script script_;
    std::vector<sent> requests_;
    std::vector<dispatch::waiter*> under_way_;
    std::size_t most_in_flight_ = 0;
    bool interrupted_ = false;
};

}  // namespace lockhub::test
