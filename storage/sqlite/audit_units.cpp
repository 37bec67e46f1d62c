#include "storage/sqlite/audit_units.hpp"

namespace lockhub::storage::sqlite {

result<nothing> record_audit(workspace& w, const audit_entry& entry) {
    w.audit.add(w.now(), entry.actor, entry.verb, entry.subject, entry.reason, 0);
    return nothing{};
}

}  // namespace lockhub::storage::sqlite
