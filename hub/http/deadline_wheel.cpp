#include "hub/http/deadline_wheel.hpp"

#include <algorithm>
#include <cstdlib>

namespace lockhub::hub {

deadline_wheel::entry::~entry() {
    if (wheel_ != nullptr) wheel_->unlink(*this);
}

deadline_wheel::deadline_wheel(std::size_t slots) : slots_(slots, nullptr) {}

deadline_wheel::~deadline_wheel() {
    if (std::ranges::any_of(slots_, [](const entry* head) { return head != nullptr; })) std::abort();
}

void deadline_wheel::arm(entry& what, std::uint64_t ticks) {
    // One more, because the tick under way is already partly over.
    what.due_tick_ = now_tick_ + ticks + 1;
    // Linked for an earlier tick it is looked at in time and moves on from there: most deadlines are only ever moved
    // later, and cost nothing but the store above.
    if (what.wheel_ != nullptr && what.linked_tick_ <= what.due_tick_) return;
    if (what.wheel_ != nullptr) unlink(what);
    link(what, what.due_tick_);
}

void deadline_wheel::turn() {
    ++now_tick_;
    // Taken off as a whole first: what on_deadline() arms may land in this very slot, for a later round.
    taken_.clear();
    for (entry* at = slots_[now_tick_ % slots_.size()]; at != nullptr; at = at->next_) taken_.push_back(at);
    for (entry* at : taken_) unlink(*at);
    for (entry* at : taken_) {
        const bool armed_again_meanwhile = at->wheel_ != nullptr;
        if (armed_again_meanwhile || at->due_tick_ == never) continue;
        if (at->due_tick_ > now_tick_) {
            link(*at, at->due_tick_);
            continue;
        }
        at->due_tick_ = never;
        at->on_deadline();
    }
}

void deadline_wheel::link(entry& what, std::uint64_t tick) {
    // Beyond the wheel's rim it is linked at the rim and moves on from there.
    what.linked_tick_ = std::min(tick, now_tick_ + slots_.size() - 1);
    entry*& head = slots_[what.linked_tick_ % slots_.size()];
    what.wheel_ = this;
    what.previous_ = nullptr;
    what.next_ = head;
    if (head != nullptr) head->previous_ = &what;
    head = &what;
}

void deadline_wheel::unlink(entry& what) {
    if (what.previous_ != nullptr) {
        what.previous_->next_ = what.next_;
    } else {
        slots_[what.linked_tick_ % slots_.size()] = what.next_;
    }
    if (what.next_ != nullptr) what.next_->previous_ = what.previous_;
    what.next_ = what.previous_ = nullptr;
    what.wheel_ = nullptr;
}

}  // namespace lockhub::hub
