#pragma once
// Which accounts answered lately: remembered for limits::pulse_lifetime, one entry for each account ever asked. Pure.
#include <optional>
#include <string>
#include <unordered_map>

#include "schemas/core/limits.hpp"
#include "schemas/core/time.hpp"

namespace lockhub::hub {

class account_pulse {
  public:
    // nullopt: has to be asked.
    std::optional<bool> answers(const std::string& account, time_point now) const {
        const auto found = by_account_.find(account);
        if (found == by_account_.end() || found->second.at > now) return std::nullopt;
        if (now - found->second.at >= limits::pulse_lifetime) return std::nullopt;
        return found->second.answered;
    }
    void note(const std::string& account, bool answered, time_point now) { by_account_[account] = {answered, now}; }

  private:
    struct beat {
        bool answered = false;
        time_point at{};
    };
    std::unordered_map<std::string, beat> by_account_;
};

}  // namespace lockhub::hub
