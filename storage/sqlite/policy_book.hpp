#pragma once
// What the configuration says of each PMS, and what follows for its deliveries.
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/store.hpp"

namespace lockhub::storage::sqlite {

class policy_book {
  public:
    void set(std::vector<pms_policy> policies);
    std::vector<pms_id> systems() const;

    // Why a delivery of this kind may not go out to this PMS now (a held_reason); nullopt when it may. `event` counts
    // for kind event only.
    std::optional<std::string_view> reason_to_hold(std::string_view pms, delivery_kind kind, event_kind event) const;

  private:
    std::unordered_map<std::string, pms_policy> by_pms_;
};

}  // namespace lockhub::storage::sqlite
