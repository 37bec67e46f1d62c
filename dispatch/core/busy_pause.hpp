#pragma once
// How long an account is left alone whose lock cloud says that it has too much to do. Pure; not thread-safe.
#include <cstdint>
#include <optional>

#include "schemas/core/limits.hpp"
#include "schemas/core/time.hpp"

namespace lockhub::dispatch {

class busy_pause {
  public:
    // An answer said so, and perhaps when to come again; that counts for limits::longest_busy_pause at most. Without it
    // the first pause is limits::busy_pause long, and each that follows without an answer in between that said
    // otherwise, twice as long. Answers to calls that began before the pause make it no longer, unless they say so.
    void busy(time_point now, std::optional<duration> come_again_after);
    // An answer said nothing of the kind.
    void served(time_point now);

    // Epoch when it is over. A clock that was set back makes no pause longer than the longest.
    time_point until(time_point now) const;
    std::uint64_t answers() const { return answers_; }  // that said so, ever

  private:
    time_point until_{};
    duration length_{};  // of the last pause nobody gave a length; zero: the cloud has served since
    std::uint64_t answers_ = 0;
};

}  // namespace lockhub::dispatch
