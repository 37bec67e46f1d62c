#include "storage/sqlite/policy_book.hpp"

#include "storage/sqlite/outbox_table.hpp"

namespace lockhub::storage::sqlite {

void policy_book::set(std::vector<pms_policy> policies) {
    by_pms_.clear();
    for (auto& policy : policies) by_pms_.insert_or_assign(policy.pms.value, policy);
}

std::vector<pms_id> policy_book::systems() const {
    std::vector<pms_id> out;
    for (const auto& [name, policy] : by_pms_) out.push_back(policy.pms);
    return out;
}

std::optional<std::string_view> policy_book::reason_to_hold(std::string_view pms, delivery_kind kind,
                                                            event_kind event) const {
    const auto found = by_pms_.find(std::string(pms));
    if (found == by_pms_.end()) return held_reason::pms_unknown;
    const auto& policy = found->second;
    if (kind == delivery_kind::event && (policy.event_mask >> static_cast<unsigned>(event) & 1U) == 0)
        return held_reason::not_subscribed;
    if (!policy.enabled) return held_reason::pms_disabled;
    if (kind != delivery_kind::event && (policy.result_mask >> static_cast<unsigned>(kind) & 1U) == 0)
        return held_reason::no_url;
    return std::nullopt;
}

}  // namespace lockhub::storage::sqlite
