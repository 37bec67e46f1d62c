#include "storage/sqlite/account_book.hpp"

namespace lockhub::storage::sqlite {

void account_book::set(const std::vector<account_policy>& accounts) {
    by_account_.clear();
    for (const auto& account : accounts) by_account_.insert_or_assign(account.account.value, account);
}

const cloud_traits* account_book::find(std::string_view account) const {
    const auto found = by_account_.find(std::string(account));
    return found == by_account_.end() ? nullptr : &found->second.traits;
}

std::size_t account_book::calls_per_gateway(std::string_view account) const {
    const auto found = by_account_.find(std::string(account));
    return found == by_account_.end() ? 1 : found->second.calls_per_gateway;
}

}  // namespace lockhub::storage::sqlite
