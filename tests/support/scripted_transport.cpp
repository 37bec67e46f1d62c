#include "tests/support/scripted_transport.hpp"

#include <algorithm>

#include "schemas/core/limits.hpp"

namespace lockhub::test {

namespace {

dispatch::transport_result failure(error_class why, bool maybe_sent, std::string message) {
    return std::unexpected(dispatch::transport_error{why, std::move(message), maybe_sent});
}

}  // namespace

scripted_answer respond(int status, std::string body, wire::header_list headers) {
    return {.outcome = wire::http_response{status, std::move(headers), std::move(body)}};
}

scripted_answer respond_ok() {
    return respond(200, R"({"code":0,"msg":"ok"})");
}

scripted_answer lose_reply() {
    return fail_with(error_class::connection_lost, true);
}

scripted_answer refuse_connection() {
    return fail_with(error_class::connection_refused, false);
}

scripted_answer fail_with(error_class why, bool maybe_sent) {
    return {.outcome = failure(why, maybe_sent, "as the script has it")};
}

scripted_answer never_answer() {
    return delayed(duration::max(), lose_reply());
}

scripted_answer delayed(duration after, scripted_answer what) {
    what.after = after;
    return what;
}

scripted_transport::scripted_transport(const clock& time, dispatch::waiter_factory& waiters, script answers)
    : time_(time), waiters_(waiters), script_(std::move(answers)) {}

scripted_transport::~scripted_transport() = default;

void scripted_transport::set_script(script answers) {
    script_ = std::move(answers);
}

void scripted_transport::interrupt() {
    interrupted_ = true;
    for (auto* one : under_way_) one->wake();
}

dispatch::task<dispatch::transport_result> scripted_transport::send(wire::http_request request,
                                                                    dispatch::transport_options options) {
    if (interrupted_) co_return failure(error_class::interrupted, false, "the hub stops");
    requests_.push_back({time_.now(), request, options});
    auto answer = script_(request);
    const auto timeout = options.timeout > duration::zero() ? options.timeout : duration(limits::vendor_timeout);
    const bool in_time = answer.after <= timeout;
    const auto waiting = waiters_.make_waiter();
    const auto until = time_.now() + std::min(answer.after, timeout);

    under_way_.push_back(waiting.get());
    most_in_flight_ = std::max(most_in_flight_, under_way_.size());
    while (!interrupted_ && time_.now() < until) {
        co_await waiting->wait_until(until);
    }
    std::erase(under_way_, waiting.get());

    if (time_.now() < until) co_return failure(error_class::interrupted, answer.reaches, "the hub stopped");
    if (!in_time) co_return failure(error_class::timeout, answer.reaches, "no answer in time");
    co_return std::move(answer.outcome);
}

}  // namespace lockhub::test
