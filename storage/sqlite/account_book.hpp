#pragma once
// What the lock cloud of each account can do, as the configuration in force has it.
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/store.hpp"

namespace lockhub::storage::sqlite {

class account_book {
  public:
    void set(const std::vector<account_policy>& accounts);
    // nullptr: the account is not configured.
    const cloud_traits* find(std::string_view account) const;
    // One for an account that is not configured.
    std::size_t calls_per_gateway(std::string_view account) const;

  private:
    std::unordered_map<std::string, account_policy> by_account_;
};

}  // namespace lockhub::storage::sqlite
