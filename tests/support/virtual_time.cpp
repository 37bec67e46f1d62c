#include "tests/support/virtual_time.hpp"

#include <atomic>
#include <map>
#include <stdexcept>

#include "dispatch/net/wake_signal.hpp"

namespace lockhub::test {

namespace {

// A livelock of the code under test, not of the test, is what meets this bound.
constexpr std::size_t most_handlers_at_one_time = 5'000'000;

class virtual_waiter;

}  // namespace

struct virtual_time::schedule {
    std::atomic<std::int64_t> now_ms{0};
    std::uint64_t started = 0;
    // Those who wait for one moment go on in the order in which they began to wait.
    std::map<std::pair<time_point, std::uint64_t>, virtual_waiter*> waiting;
};

namespace {

class virtual_waiter : public dispatch::waiter {
  public:
    virtual_waiter(dispatch::executor where, std::shared_ptr<virtual_time::schedule> shared)
        : shared_(std::move(shared)), signal_(where) {}
    ~virtual_waiter() override { leave(); }

    dispatch::task<void> wait_until(time_point deadline) override {
        if (!woken_ && to_unix_ms(deadline) > shared_->now_ms.load()) {
            place_ = std::pair(deadline, shared_->started++);
            shared_->waiting.emplace(*place_, this);
            co_await signal_.wait();
            leave();
        }
        woken_ = false;
    }

    void wake() override {
        woken_ = true;
        if (place_) go_on();
    }

    void go_on() {
        leave();
        signal_.set();
    }

  private:
    void leave() {
        if (place_) shared_->waiting.erase(*place_);
        place_.reset();
    }

    std::shared_ptr<virtual_time::schedule> shared_;
    dispatch::wake_signal signal_;
    std::optional<std::pair<time_point, std::uint64_t>> place_;  // while waiting
    bool woken_ = false;
};

}  // namespace

virtual_time::virtual_time(dispatch::asio::io_context& io, time_point start)
    : io_(io), schedule_(std::make_shared<schedule>()) {
    schedule_->now_ms = to_unix_ms(start);
}

time_point virtual_time::now() const {
    return from_unix_ms(schedule_->now_ms.load());
}

std::unique_ptr<dispatch::waiter> virtual_time::make_waiter() {
    return std::make_unique<virtual_waiter>(io_.get_executor(), schedule_);
}

void virtual_time::when_idle(std::function<bool()> step) {
    idle_steps_.push_back(std::move(step));
}

void virtual_time::run_until_idle() {
    std::size_t handlers = 0;
    for (bool busy = true; busy;) {
        busy = false;
        io_.restart();
        while (io_.poll_one() != 0) {
            busy = true;
            if (++handlers > most_handlers_at_one_time) throw std::runtime_error("the program never comes to rest");
        }
        for (auto& step : idle_steps_) {
            if (step()) busy = true;
        }
    }
}

bool virtual_time::advance_to_next() {
    run_until_idle();
    const auto next = next_deadline();
    if (!next) return false;
    pass_to(*next);
    return true;
}

void virtual_time::run_for(duration d) {
    const auto end = now() + d;
    run_until_idle();
    for (auto next = next_deadline(); next && *next <= end; next = next_deadline()) pass_to(*next);
    pass_to(end);
}

bool virtual_time::run_until(const std::function<bool()>& done, duration longest) {
    const auto end = now() + longest;
    run_until_idle();
    while (!done()) {
        const auto next = next_deadline();
        if (!next || *next > end) return false;
        pass_to(*next);
    }
    return true;
}

std::optional<time_point> virtual_time::next_deadline() const {
    const auto& waiting = schedule_->waiting;
    if (waiting.empty()) return std::nullopt;
    return waiting.begin()->first.first;
}

void virtual_time::pass_to(time_point t) {
    schedule_->now_ms = to_unix_ms(t);
    auto& waiting = schedule_->waiting;
    while (!waiting.empty() && waiting.begin()->first.first <= t) waiting.begin()->second->go_on();
    run_until_idle();
}

}  // namespace lockhub::test
