#include "hub/system/reader_pool.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "schemas/core/limits.hpp"

namespace lockhub::hub {

struct reader_pool::state {
    opener open;
    std::mutex guard;
    std::condition_variable changed;
    std::deque<job> queue;
    bool stopping = false;
    std::uint64_t opening = 0;  // readers of an earlier one are dropped
    std::vector<std::thread> threads;

    void run();
};

void reader_pool::state::run() {
    std::unique_ptr<storage::reader> reader;
    std::uint64_t opened = 0;
    for (;;) {
        std::unique_lock lock(guard);
        changed.wait(lock, [&] { return stopping || !queue.empty(); });
        if (stopping) return;
        auto next = std::move(queue.front());
        queue.pop_front();
        const auto wanted = opening;
        lock.unlock();
        if (opened != wanted) reader.reset();
        if (reader == nullptr) {
            auto fresh = open();
            if (!fresh) {
                next(std::unexpected(std::move(fresh.error())));
                continue;
            }
            reader = *std::move(fresh);
            opened = wanted;
        }
        next(reader.get());
    }
}

reader_pool::reader_pool(dispatch::executor home, opener open, std::size_t threads)
    : state_(std::make_unique<state>()), home_(std::move(home)) {
    state_->open = std::move(open);
    for (std::size_t i = 0; i < threads; ++i) state_->threads.emplace_back([s = state_.get()] { s->run(); });
}

reader_pool::~reader_pool() {
    stop();
}

void reader_pool::submit(job next) {
    std::string refused;
    {
        const std::lock_guard lock(state_->guard);
        if (state_->stopping) {
            refused = "the service is stopping";
        } else if (state_->queue.size() >= limits::reader_queue) {
            refused = "too many reads wait already";
        } else {
            state_->queue.push_back(std::move(next));
            state_->changed.notify_one();
            return;
        }
    }
    next(fail(errc::unavailable, std::move(refused)));
}

void reader_pool::reopen() {
    const std::lock_guard lock(state_->guard);
    ++state_->opening;
}

void reader_pool::stop() {
    std::deque<job> waiting;
    {
        const std::lock_guard lock(state_->guard);
        state_->stopping = true;
        waiting.swap(state_->queue);
    }
    state_->changed.notify_all();
    for (auto& thread : state_->threads)
        if (thread.joinable()) thread.join();
    for (auto& next : waiting) next(fail(errc::unavailable, "the service is stopping"));
}

}  // namespace lockhub::hub
