#pragma once
// commands: what must be told to a lock cloud for an action. Commands of one lock run one after another, in the order
// they were accepted: a later one is pending and `behind`. An unverifiable one waits for an operator and blocks nobody.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schemas/domain/action.hpp"
#include "schemas/domain/command.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"

namespace lockhub::storage::sqlite {

struct new_command {
    std::string_view action;
    std::string_view account;
    std::int64_t lock_row = 0;
    command_verb verb = command_verb::set_pin;
    std::string_view credential_ref;
    time_point opened_at{};
};

struct command_record {
    std::int64_t id = 0;
    std::string action;
    std::string account;
    std::int64_t lock_row = 0;
    command_verb verb = command_verb::set_pin;
    command_state state = command_state::pending;
    std::string ref;
    std::string credential_ref;
    std::uint32_t sends = 0;
    std::uint32_t probes = 0;
    std::uint32_t absent_probes = 0;
    std::int64_t lease_token = 0;
    time_point opened_at{};
    time_point accepted_at{};
    std::string gateway{};  // of its lock; only where due() read it
};

// Calls under way to the locks behind each lock gateway of an account.
struct gateway_calls {
    std::size_t most = 1;
    std::map<std::string, std::size_t, std::less<>> by_gateway{};

    bool has_room(std::string_view gateway) const {
        const auto found = by_gateway.find(gateway);
        return gateway.empty() || found == by_gateway.end() || found->second < most;
    }
};

struct named_credential {
    command_verb verb = command_verb::set_pin;
    std::string credential_ref;
};

class command_table {
  public:
    explicit command_table(database& db);

    // False when it has to wait behind another command of its lock.
    bool insert(const new_command& row);
    // The next step of an action: goes before what waits behind the step that ended, so call it before let_next_go.
    // False when another command of the lock is under way.
    bool insert_next_step(const new_command& row);
    std::optional<command_record> find(std::int64_t id);
    std::optional<command_record> find_of_action(std::string_view action);
    // The newest command with this reference that is not final; a final one if there is no other.
    std::optional<command_record> find_by_ref(std::string_view account, std::string_view ref);

    gateway_calls calls_of_gateways(std::string_view account, std::size_t most);
    // Those whose gateway has no room are passed over; what is returned counts in `calls`.
    std::vector<command_record> due(std::string_view account, time_point now, std::size_t limit, gateway_calls& calls);
    std::vector<command_record> expired_leases(std::string_view account, time_point now, std::size_t limit);
    std::vector<command_record> leases_of_others(std::string_view owner);
    // Writes state, counters, references and the lease's end; the lease is over.
    void lease(const command_record& leased, std::string_view owner, time_point until);
    void wait(const command_record& waiting, time_point due_at, std::string_view message, std::int64_t vendor_code);
    void finish(const command_record& finished, time_point at, std::string_view message, std::int64_t vendor_code);

    // Credentials that commands of the lock name which are not final, or wait for an operator; `except` does not count.
    std::vector<named_credential> credentials_named(std::int64_t lock_row, std::int64_t except);

    bool lock_busy(std::int64_t lock_row);  // one that is not final, and does not wait for an operator
    // Of PINs, that wait for an operator; oldest first.
    std::vector<command_record> doubts_of(std::int64_t lock_row);
    bool exists_for(std::string_view action, std::int64_t lock_row);

    // After a command stopped blocking its lock: lets the next one go. nullopt when none waits.
    std::optional<due_hint> let_next_go(std::int64_t lock_row, time_point now);

    // Orders to open a door that were accepted by then and never sent, whatever they wait for.
    std::vector<command_record> stale_orders(std::string_view account, time_point opened_until, std::size_t limit);

    // The next moment at which something of the account is to be done: of a command whose gateway has room, of a lease
    // that ends, of an order to open a door that grows stale.
    std::optional<time_point> next_due(std::string_view account, const gateway_calls& calls);
    std::optional<time_point> next_due_behind(std::string_view account, std::string_view gateway);
    std::vector<std::string> accounts_with_work();

  private:
    void add(const new_command& row, bool behind);

    statement insert_;
    statement lock_busy_;
    statement lock_has_head_;
    statement credentials_named_;
    statement doubts_of_;
    statement exists_for_;
    statement find_;
    statement find_of_action_;
    statement find_by_ref_;
    statement due_;
    statement calls_of_gateways_;
    statement expired_leases_;
    statement leases_of_others_;
    statement lease_;
    statement wait_;
    statement finish_;
    statement let_next_go_;
    statement stale_orders_;
    statement next_due_;
    statement next_due_behind_;
    statement next_lease_end_;
    statement oldest_order_;
    statement accounts_with_work_;
};

}  // namespace lockhub::storage::sqlite
