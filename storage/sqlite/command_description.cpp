#include "storage/sqlite/command_description.hpp"

#include <stdexcept>

#include "storage/sqlite/seal_contexts.hpp"

namespace lockhub::storage::sqlite {

namespace {

secret pin_of(workspace& w, const action_record& action) {
    return action.sealed_pin.empty() ? secret() : w.seal.open(action.sealed_pin, action.action);
}

secret biometric_of(workspace& w, const action_record& action) {
    const auto sealed = w.biometrics.find(action.action);
    return sealed.empty() ? secret() : w.seal.open(sealed, biometric_context(action.action));
}

// A computed PIN is taken back by its digits and its end.
void name_computed_pin(workspace& w, const command_record& command, vendor_command& out) {
    const auto pin = w.credentials.find(command.lock_row, command.credential_ref);
    if (!pin || !pin->computed) return;
    const auto answered = w.actions.find(pin->action);
    if (!answered) throw std::logic_error("a computed PIN without its action");
    out.offline_pin = true;
    out.pin = pin_of(w, *answered);
    out.valid_until = pin->valid_until;
}

// The room's lock for a card to be made; the card's for one to be cleared; none for what just lies on the reader.
void name_lock(workspace& w, const command_record& command, const action_record& action, vendor_command& out) {
    auto lock = w.locks.at(command.lock_row);
    if (!lock.uuid.starts_with(reader_uuid_prefix)) {
        out.lock_uuid = std::move(lock.uuid);
        out.cloud_home_id = std::move(lock.cloud_home_id);
        out.cloud_room_id = std::move(lock.cloud_room_id);
        return;
    }
    if (command.verb == command_verb::read_card) return;
    out.lock_uuid = action.card.lock_uuid;
    auto named = w.locks.find(command.account, action.card.lock_uuid);
    if (!named) return;
    out.cloud_home_id = std::move(named->cloud_home_id);
    out.cloud_room_id = std::move(named->cloud_room_id);
}

vendor_command describe_call(workspace& w, const command_record& command, const action_record& action) {
    vendor_command out;
    out.verb = command.verb;
    name_lock(w, command, action, out);
    out.credential_ref = command.credential_ref;
    out.pin = pin_of(w, action);
    out.label = command.action;
    out.manage = action.manage;
    out.valid_from = action.valid_from;
    out.valid_until = action.valid_until;
    out.holder = action.holder;
    out.holder_name = action.holder_name;
    if (gives_right(command.verb)) out.biometric = biometric_of(w, action);
    if (command.verb == command_verb::remove_pin) name_computed_pin(w, command, out);
    if (command.verb == command_verb::clear_card) out.card = action.card;
    return out;
}

}  // namespace

leased_command describe(workspace& w, const command_record& command) {
    const auto action = w.actions.find(command.action);
    if (!action) throw std::logic_error("a command without its action");
    leased_command out;
    out.id = command_id(command.id);
    out.lease_token = command.lease_token;
    out.state = command.state;
    out.account = account_id(command.account);
    out.action = action_id(command.action);
    out.command = describe_call(w, command, *action);
    out.ref = command.ref;
    out.sends = command.sends;
    out.probes = command.probes;
    out.absent_probes = command.absent_probes;
    out.opened_at = command.opened_at;
    out.accepted_at = command.accepted_at;
    return out;
}

}  // namespace lockhub::storage::sqlite
