#pragma once
// The PMS systems the deliverer knows, each under a small number that never changes, with what must outlive a change of
// configuration: the identical-callback window and the counters. io thread only.
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "dispatch/core/identical_window.hpp"
#include "dispatch/core/text_key.hpp"
#include "dispatch/deliverer.hpp"
#include "dispatch/delivery_target.hpp"

namespace lockhub::dispatch {

// One more than the document's 30 s: clocks here tick in milliseconds, so what is 30 s apart by them may be less.
inline constexpr duration identical_span = std::chrono::seconds(30) + duration(1);

class roster_entry {
  public:
    explicit roster_entry(std::shared_ptr<const delivery_target> target);

    std::shared_ptr<const delivery_target> target;

    // When the delivery may be sent so that at most 4 identical callbacks fall into any 30 s. Only sends that did not
    // end the delivery are noted; another one that is not its first, yet unknown here, is an operator's replay and
    // counts its unknown predecessor as made now.
    time_point may_send_at(delivery_id id, std::uint32_t attempt, time_point now);
    void note_send(delivery_id id, time_point at) { identical_.note(id.value, at); }

    std::array<std::uint64_t, error_class_count> attempts{};
    std::uint64_t dead = 0;
    std::uint64_t held = 0;
    std::uint64_t identical_waits = 0;

  private:
    identical_window<std::int64_t> identical_;
};

class delivery_roster {
  public:
    using key = std::uint32_t;

    std::optional<key> find(std::string_view pms) const;
    key add(delivery_target target);  // numbers are given in turn, from 0
    roster_entry& at(key who) { return *entries_.at(who); }
    const roster_entry& at(key who) const { return *entries_.at(who); }
    key size() const { return static_cast<key>(entries_.size()); }

  private:
    std::vector<std::unique_ptr<roster_entry>> entries_;
    map_by_text<key> by_pms_;
};

}  // namespace lockhub::dispatch
