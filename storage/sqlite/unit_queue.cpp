#include "storage/sqlite/unit_queue.hpp"

#include <utility>

#include "schemas/core/limits.hpp"

namespace lockhub::storage::sqlite {

unit_pointer unit_queue::put(unit_pointer u) {
    bool wake = false;
    {
        std::lock_guard lock(mutex_);
        if (drained_) return u;
        const auto bytes = u->bytes();
        if (refusing_) {
            refused_.emplace_back(std::move(u), *refusing_);
        } else if (units_.size() >= limits::writer_queue_units || bytes_ + bytes > limits::writer_queue_bytes) {
            refused_.emplace_back(std::move(u), error{errc::unavailable, "too much waits to be stored; try again"});
        } else {
            units_.push_back(std::move(u));
            bytes_ += bytes;
        }
        wake = std::exchange(taker_waits_, false);
    }
    if (wake) filled_.notify_one();
    return nullptr;
}

void unit_queue::put_again(unit_pointer u) {
    std::lock_guard lock(mutex_);
    if (refusing_) {
        refused_.emplace_back(std::move(u), *refusing_);
        return;
    }
    bytes_ += u->bytes();
    units_.push_back(std::move(u));
}

unit_queue::group unit_queue::take() {
    group out;
    std::lock_guard lock(mutex_);
    out.refused.swap(refused_);
    std::size_t bytes = 0;
    while (!units_.empty() && out.units.size() < limits::group_units) {
        const auto next = units_.front()->bytes();
        if (!out.units.empty() && bytes + next > limits::group_bytes) break;
        bytes += next;
        out.units.push_back(std::move(units_.front()));
        units_.pop_front();
    }
    bytes_ -= bytes;
    return out;
}

void unit_queue::wait() {
    std::unique_lock lock(mutex_);
    while (units_.empty() && refused_.empty() && !ended_) {
        taker_waits_ = true;
        filled_.wait(lock);
    }
}

void unit_queue::refuse_from_now(error why) {
    std::lock_guard lock(mutex_);
    if (!refusing_) refusing_ = std::move(why);
}

void unit_queue::end(error why) {
    {
        std::lock_guard lock(mutex_);
        if (!refusing_) refusing_ = std::move(why);
        ended_ = true;
    }
    filled_.notify_one();
}

bool unit_queue::drained() {
    std::lock_guard lock(mutex_);
    if (ended_ && units_.empty() && refused_.empty()) drained_ = true;
    return drained_;
}

std::size_t unit_queue::size() const {
    std::lock_guard lock(mutex_);
    return units_.size();
}

}  // namespace lockhub::storage::sqlite
