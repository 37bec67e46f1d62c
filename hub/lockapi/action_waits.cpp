#include "hub/lockapi/action_waits.hpp"

#include "schemas/core/limits.hpp"

namespace lockhub::hub {

struct action_waits::place {
    place(std::unordered_multimap<std::string, place*>& all, const std::string& action,
          std::unique_ptr<dispatch::waiter> w)
        : places(all), at(all.emplace(action, this)), signal(std::move(w)) {}
    ~place() { places.erase(at); }
    place(const place&) = delete;
    place& operator=(const place&) = delete;

    std::unordered_multimap<std::string, place*>& places;
    std::unordered_multimap<std::string, place*>::iterator at;
    std::unique_ptr<dispatch::waiter> signal;
    std::optional<storage::action_news> news;
};

void action_waits::note(const std::vector<storage::action_news>& news) {
    for (const auto& one : news) {
        const auto [first, last] = places_.equal_range(one.action.value);
        for (auto at = first; at != last; ++at) {
            if (at->second->news) continue;
            at->second->news = one;
            at->second->signal->wake();
        }
    }
}

dispatch::task<std::optional<storage::action_news>> action_waits::wait(action_id action, time_point until) {
    if (stopped_ || places_.size() >= limits::lockapi_waits) co_return std::nullopt;
    place own(places_, action.value, waiters_.make_waiter());
    while (!own.news && !stopped_ && time_.now() < until) {
        co_await own.signal->wait_until(until);
    }
    co_return std::move(own.news);
}

void action_waits::stop() {
    stopped_ = true;
    for (const auto& [action, waiting] : places_) waiting->signal->wake();
}

}  // namespace lockhub::hub
