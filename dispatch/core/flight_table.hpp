#pragma once
// What is in flight, by a place that stays the same until it is released. Places are used again, so the table is as
// large as the most that ever was in flight at once.
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "dispatch/core/assure.hpp"

namespace lockhub::dispatch {

template <class T>
class flight_table {
  public:
    std::size_t add(T what) {
        std::size_t place = places_.size();
        if (free_.empty()) {
            places_.emplace_back(std::move(what));
        } else {
            place = free_.back();
            free_.pop_back();
            places_[place].emplace(std::move(what));
        }
        return place;
    }

    T& at(std::size_t place) {
        assure(place < places_.size() && places_[place].has_value(), "no flight at this place");
        return *places_[place];
    }

    T release(std::size_t place) {
        T out = std::move(at(place));
        places_[place].reset();
        free_.push_back(place);
        return out;
    }

    std::size_t size() const { return places_.size() - free_.size(); }

    template <class Visit>
    void for_each(Visit visit) {
        for (auto& place : places_) {
            if (place) visit(*place);
        }
    }

  private:
    std::vector<std::optional<T>> places_;
    std::vector<std::size_t> free_;
};

}  // namespace lockhub::dispatch
