#include "storage/sqlite/lock_units.hpp"

namespace lockhub::storage::sqlite {

result<nothing> set_accounts(workspace& w, const std::vector<account_policy>& accounts) {
    w.accounts.set(accounts);
    return nothing{};
}

result<nothing> report_lock(workspace&, const lock_report&) {
    return fail(errc::unsupported, "report_lock");
}

}  // namespace lockhub::storage::sqlite
