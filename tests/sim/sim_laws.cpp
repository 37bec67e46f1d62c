#include "tests/sim/sim_rows.hpp"
#include "tests/sim/sim_world.hpp"

namespace lockhub::sim {

void sim_world::check_laws(bool settled) {
    const sim_rows database(database_);
    law(database.count("SELECT (SELECT value FROM ledger WHERE name = 'accepted') - (SELECT COUNT(*) FROM outbox) "
                       "- (SELECT value FROM ledger WHERE name = 'expunged')") == 0,
        "accepted = delivered + held + pending + dead + discarded + expunged");
    law(database.count("SELECT COUNT(*) FROM (SELECT lane FROM outbox WHERE state IN ('ready', 'leased') "
                       "GROUP BY lane HAVING COUNT(*) > 1)") == 0,
        "one delivery of a lane at a time");
    law(pms_.rates().most_in_a_second() <= 29, "at most 29 callbacks to one PMS in a second");
    law(pms_.rates().most_identical_in_30s() <= 4, "at most 4 identical callbacks in 30 seconds");
    law(pms_.bad_hmacs() == 0, "every callback is signed");
    check_actions(settled);
    check_doors(settled);
    for (const auto& body : network_.acknowledged()) {
        law(database.count("SELECT COUNT(*) FROM inbox WHERE sealed = 1 OR body = ?1", body) >= 1,
            "an acknowledged push is stored: " + body);
    }
    if (settled) {
        law(database.count("SELECT COUNT(*) FROM outbox WHERE state IN ('ready', 'queued', 'leased')") == 0,
            "nothing waits for ever in the outbox");
        law(database.count("SELECT COUNT(*) FROM outbox WHERE state <> 'delivered'") == 0,
            "everything reaches the PMS once the trouble is over");
        law(database.count("SELECT COUNT(*) FROM commands WHERE finished_at_ms IS NULL") == 0, "no command stays open");
    }
}

}  // namespace lockhub::sim
