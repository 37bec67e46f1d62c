#pragma once
// Which part of a lock's log its cloud was asked for, and when: so that turning the pages of one query asks once. Pure.
#include <list>
#include <string>
#include <unordered_map>

#include "schemas/core/time.hpp"

namespace lockhub::hub {

// Remembers the last asking of limits::remembered_log_askings locks; beyond, the longest ago is forgotten and that lock
// asked again.
class log_freshness {
  public:
    // True unless a part that holds all of `from` to `until` was asked for at most `age` ago.
    bool must_ask(const std::string& lock, time_point from, time_point until, duration age, time_point now) const;
    // `whole`: its cloud had no more of that part than what came.
    void asked(const std::string& lock, time_point from, time_point until, time_point at, bool whole);
    // The last asking brought only some of it.
    bool was_cut(const std::string& lock) const;

    std::size_t size() const { return by_lock_.size(); }

  private:
    struct asking {
        std::string lock;
        time_point from{};
        time_point until{};
        time_point at{};
        bool whole = true;
    };
    std::list<asking> askings_;  // the longest ago first
    std::unordered_map<std::string, std::list<asking>::iterator> by_lock_;
};

}  // namespace lockhub::hub
