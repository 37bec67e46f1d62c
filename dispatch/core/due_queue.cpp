#include "dispatch/core/due_queue.hpp"

namespace lockhub::dispatch {

void due_queue::note(key who, time_point due_at) {
    if (who >= place_of_.size()) place_of_.resize(who + 1, nowhere);
    const std::uint32_t place = place_of_[who];
    if (place == nowhere) {
        heap_.push_back(entry{due_at, who});
        place_of_[who] = static_cast<std::uint32_t>(heap_.size() - 1);
        sift_up(heap_.size() - 1);
    } else if (due_at < heap_[place].due_at) {
        heap_[place].due_at = due_at;
        sift_up(place);
    }
}

std::optional<due_queue::key> due_queue::take_due(time_point now) {
    if (heap_.empty() || heap_.front().due_at > now) return std::nullopt;
    const key who = heap_.front().who;
    remove(0);
    return who;
}

void due_queue::forget(key who) {
    if (who < place_of_.size() && place_of_[who] != nowhere) remove(place_of_[who]);
}

std::optional<time_point> due_queue::due_at(key who) const {
    if (who >= place_of_.size() || place_of_[who] == nowhere) return std::nullopt;
    return heap_[place_of_[who]].due_at;
}

void due_queue::put(std::size_t place, entry what) {
    heap_[place] = what;
    place_of_[what.who] = static_cast<std::uint32_t>(place);
}

void due_queue::sift_up(std::size_t place) {
    const entry what = heap_[place];
    while (place > 0) {
        const std::size_t parent = (place - 1) / 2;
        if (!(what < heap_[parent])) break;
        put(place, heap_[parent]);
        place = parent;
    }
    put(place, what);
}

void due_queue::sift_down(std::size_t place) {
    const entry what = heap_[place];
    for (;;) {
        std::size_t child = place * 2 + 1;
        if (child >= heap_.size()) break;
        if (child + 1 < heap_.size() && heap_[child + 1] < heap_[child]) ++child;
        if (!(heap_[child] < what)) break;
        put(place, heap_[child]);
        place = child;
    }
    put(place, what);
}

void due_queue::remove(std::size_t place) {
    place_of_[heap_[place].who] = nowhere;
    const entry last = heap_.back();
    heap_.pop_back();
    if (place == heap_.size()) return;
    put(place, last);
    sift_down(place);
    sift_up(place_of_[last.who]);
}

}  // namespace lockhub::dispatch
