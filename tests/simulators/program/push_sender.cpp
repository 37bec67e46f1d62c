#include "tests/simulators/program/push_sender.hpp"

#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::simulators {

namespace {

constexpr auto between_repeats = std::chrono::milliseconds(300);
constexpr auto push_timeout = std::chrono::seconds(10);

bool is_acknowledgement(const wire::http_response& response) {
    const auto body = wire::json_value::parse(response.body);
    return response.status == 200 && body && body->integer_of("ErrNo") == 0;
}

}  // namespace

push_sender::push_sender(dispatch::transport& out, const clock& time, pauses& waits, dispatch::task_group& group)
    : out_(out), time_(time), waits_(waits), group_(group) {}

void push_sender::schedule(std::vector<scheduled_push> pushes) {
    for (scheduled_push& push : pushes) {
        fates_.push_back({.push = std::move(push), .answer = {}});
        ++under_way_;
        group_.spawn("push", carry(fates_.size() - 1));
    }
}

task<void> push_sender::send_all(std::vector<scheduled_push> pushes) {
    for (scheduled_push& push : pushes) {
        fates_.push_back({.push = std::move(push), .answer = {}});
        ++under_way_;
        const std::size_t index = fates_.size() - 1;
        co_await carry(index);
    }
}

task<void> push_sender::carry(std::size_t index) {
    co_await waits_.until(fates_[index].push.at);
    const std::size_t tries = 1 + static_cast<std::size_t>(repush_ ? *repush_ : 0);
    while (!waits_.stopping() && !fates_[index].acknowledged && fates_[index].attempts < tries) {
        if (fates_[index].attempts > 0) {
            co_await waits_.until(time_.now() + between_repeats);
        }
        co_await attempt(index);
    }
    fates_[index].given_up = !fates_[index].acknowledged;
    --under_way_;
}

task<void> push_sender::attempt(std::size_t index) {
    wire::http_request request;
    request.url = address_of(fates_[index].push);
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = fates_[index].push.body;
    ++fates_[index].attempts;
    dispatch::transport_options options;
    options.timeout = push_timeout;
    options.private_addresses = true;
    auto answered = co_await out_.send(std::move(request), options);
    push_fate& fate = fates_[index];
    fate.status = answered ? answered->status : 0;
    fate.answer = answered ? answered->body : answered.error().message;
    fate.acknowledged = answered && is_acknowledgement(*answered);
    if (told_) told_(fate);
}

std::string push_sender::address_of(const scheduled_push& push) const {
    if (hub_origin_.empty()) return push.registered_url;
    const auto path = push.registered_url.find('/', push.registered_url.find("://") + 3);
    return hub_origin_ + push.registered_url.substr(path);
}

std::string push_sender::to_json(std::size_t from) const {
    wire::json_writer out;
    out.begin_object().member("under_way", under_way_).member("next", fates_.size()).key("pushes").begin_array();
    for (std::size_t i = from; i < fates_.size(); ++i) {
        const push_fate& fate = fates_[i];
        out.begin_object().member("name", fate.push.name).member("at_ms", to_unix_ms(fate.push.at));
        out.member("attempts", fate.attempts).member("acknowledged", fate.acknowledged);
        out.member("given_up", fate.given_up).member("status", fate.status).member("answer", fate.answer);
        out.member("body", fate.push.body).end_object();
    }
    out.end_array().end_object();
    return out.take();
}

}  // namespace lockhub::simulators
