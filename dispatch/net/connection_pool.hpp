#pragma once
// Connections kept open between calls. The one used last goes out first, so that spare ones grow old and leave.
#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dispatch/net/connection.hpp"
#include "schemas/core/time.hpp"

namespace lockhub::dispatch {

class connection_pool {
  public:
    struct bounds {
        std::size_t per_key = 0;
        std::size_t total = 0;
        duration lifetime{};  // of a connection nobody asks for
    };
    explicit connection_pool(bounds b) : bounds_(b) {}

    // A live connection kept for the key, or null. Dead and outlived ones it meets on the way go to `dropped`.
    std::unique_ptr<connection> take(const std::string& key, time_point now);
    // Keeps it. What a bound pushes out goes to `dropped`.
    void put(const std::string& key, std::unique_ptr<connection> line, time_point now);
    void drop_outlived(time_point now);
    void clear();

    std::size_t size() const { return by_age_.size(); }
    // Connections that left the pool unused; the caller says goodbye to them.
    std::vector<std::unique_ptr<connection>> take_dropped() { return std::exchange(dropped_, {}); }

  private:
    struct idle {
        std::string key;
        std::unique_ptr<connection> line;
        time_point since;
    };
    using place = std::list<idle>::iterator;

    std::unique_ptr<connection> remove(place at);

    bounds bounds_;
    std::list<idle> by_age_;                                      // longest idle first
    std::unordered_map<std::string, std::vector<place>> by_key_;  // longest idle first; no empty vectors
    std::vector<std::unique_ptr<connection>> dropped_;
};

}  // namespace lockhub::dispatch
