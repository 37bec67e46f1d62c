#include "hub/lockapi/gathering.hpp"

namespace lockhub::hub {

struct gathering::state {
    explicit state(std::unique_ptr<dispatch::waiter> w) : all_ended(std::move(w)) {}

    std::size_t running = 0;
    bool left = false;  // nobody waits any more
    std::unique_ptr<dispatch::waiter> all_ended;
};

gathering::gathering(dispatch::task_group& group, dispatch::waiter_factory& waiters, const clock& time)
    : group_(group), time_(time), state_(std::make_shared<state>(waiters.make_waiter())) {}

// Tasks that go on keep their state, but not the waiter: whoever made it may be gone by then.
gathering::~gathering() {
    state_->left = true;
    state_->all_ended.reset();
}

void gathering::add(std::string name, task<void> work) {
    ++state_->running;
    group_.spawn(std::move(name), carry(state_, std::move(work)));
}

task<void> gathering::carry(std::shared_ptr<state> shared, task<void> work) {
    struct at_end {
        state& of;
        ~at_end() {
            if (--of.running == 0 && !of.left) of.all_ended->wake();
        }
    } const end{*shared};
    co_await std::move(work);
}

task<bool> gathering::wait_until(time_point deadline) {
    while (state_->running > 0 && time_.now() < deadline) {
        co_await state_->all_ended->wait_until(deadline);
    }
    co_return state_->running == 0;
}

}  // namespace lockhub::hub
