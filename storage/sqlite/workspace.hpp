#pragma once
// Everything a unit of work may touch. Lives on the writer's thread.
#include "schemas/core/limits.hpp"
#include "storage/sqlite/access_table.hpp"
#include "storage/sqlite/account_book.hpp"
#include "storage/sqlite/action_table.hpp"
#include "storage/sqlite/announcements.hpp"
#include "storage/sqlite/attempt_table.hpp"
#include "storage/sqlite/audit_table.hpp"
#include "storage/sqlite/biometric_table.hpp"
#include "storage/sqlite/card_table.hpp"
#include "storage/sqlite/command_table.hpp"
#include "storage/sqlite/credential_table.hpp"
#include "storage/sqlite/difference_table.hpp"
#include "storage/sqlite/directory_table.hpp"
#include "storage/sqlite/inbox_table.hpp"
#include "storage/sqlite/inventory_table.hpp"
#include "storage/sqlite/known_locks.hpp"
#include "storage/sqlite/ledger_table.hpp"
#include "storage/sqlite/lock_log_table.hpp"
#include "storage/sqlite/lock_poll_table.hpp"
#include "storage/sqlite/lock_table.hpp"
#include "storage/sqlite/outbox_table.hpp"
#include "storage/sqlite/parked_result_table.hpp"
#include "storage/sqlite/place_table.hpp"
#include "storage/sqlite/policy_book.hpp"
#include "storage/sqlite/sealing.hpp"
#include "storage/sqlite/token_table.hpp"

namespace lockhub::storage::sqlite {

struct workspace {
    workspace(database& d, const clock& t, entropy& random, secret seal_key)
        : db(d),
          time(t),
          seal(std::move(seal_key), random),
          inbox(d),
          locks(d),
          lock_log(d),
          lock_polls(d),
          directory(d),
          credentials(d),
          cards(d),
          rights(d),
          biometrics(d),
          actions(d),
          commands(d),
          outbox(d),
          attempts(d),
          parked_results(d),
          tokens(d),
          audit(d),
          places(d),
          ledger(d),
          inventories(d),
          differences(d),
          repairs(d),
          known(locks, directory) {}

    time_point now() const { return time.now(); }

    // After a rollback: drops what was remembered outside the database.
    void forget() {
        known.forget();
        hints.forget();
        ledger.forget();
        expunge_cursor = 0;
    }

    database& db;
    const clock& time;
    sealing seal;
    inbox_table inbox;
    lock_table locks;
    lock_log_table lock_log;
    lock_poll_table lock_polls;
    directory_table directory;
    credential_table credentials;
    card_table cards;
    access_table rights;
    biometric_table biometrics;
    action_table actions;
    command_table commands;
    outbox_table outbox;
    attempt_table attempts;
    parked_result_table parked_results;
    token_table tokens;
    audit_table audit;
    place_table places;
    ledger_table ledger;
    inventory_table inventories;
    difference_table differences;
    repair_table repairs;

    known_locks known;
    policy_book policies;
    account_book accounts;
    announcements hints;
    std::int64_t expunge_cursor = 0;  // the delivery the next expunge looks at first
};

}  // namespace lockhub::storage::sqlite
