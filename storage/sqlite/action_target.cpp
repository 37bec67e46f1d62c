#include "storage/sqlite/action_target.hpp"

#include "storage/sqlite/verb_groups.hpp"

namespace lockhub::storage::sqlite {

namespace {

std::unexpected<error> refuse(action_opened& answer, action_opened::kind why) {
    answer.what = why;
    return fail(errc::not_found, "the action has nowhere to go");
}

// An account that is not configured serves everything: its commands wait until it is.
bool serves(workspace& w, std::string_view account, command_verb verb) {
    const auto* traits = w.accounts.find(account);
    return !traits || traits->verbs.has(verb);
}

result<action_target> find_reader(workspace& w, const action_request& request, action_opened& answer) {
    const auto hotel = w.directory.find_hotel(request.pms.value, request.hotel.value);
    if (!hotel) return refuse(answer, action_opened::kind::unknown_room);
    answer.account = request.reader_account;
    if (!serves(w, request.reader_account.value, request.verb)) return refuse(answer, action_opened::kind::not_served);
    return action_target{
        .hotel_row = *hotel, .room = std::nullopt, .lock = std::nullopt, .account = request.reader_account.value};
}

bool is_about_cards(command_verb verb) {
    return verb == command_verb::make_card || verb == command_verb::lose_cards;
}

// PINs and cards have locks of their own. The door is the same behind both: for opening it, and for faces, fingerprints
// and phones, the one is taken whose cloud can do it, the password lock before the card lock.
std::optional<std::int64_t> lock_for(workspace& w, std::int64_t room_row, command_verb verb) {
    if (is_about_cards(verb)) return w.directory.lock_of_room(room_row, card_service);
    const auto password_lock = w.directory.lock_of_room(room_row, password_service);
    if (is_pin_pair(verb) || is_freeze_pair(verb)) return password_lock;
    if (password_lock && serves(w, w.locks.at(*password_lock).account, verb)) return password_lock;
    const auto card_lock = w.directory.lock_of_room(room_row, card_service);
    const bool card_lock_can = card_lock && serves(w, w.locks.at(*card_lock).account, verb);
    return card_lock_can || !password_lock ? card_lock : password_lock;
}

}  // namespace

bool runs_at_reader(command_verb verb) {
    return verb == command_verb::make_card || verb == command_verb::read_card || verb == command_verb::clear_card;
}

result<action_target> find_target(workspace& w, const action_request& request, action_opened& answer) {
    if (request.room.value.empty() && runs_at_reader(request.verb)) return find_reader(w, request, answer);
    auto room = w.directory.find_room(request.pms.value, request.hotel.value, request.room.value);
    if (!room) return refuse(answer, action_opened::kind::unknown_room);
    const auto lock = lock_for(w, room->room_row, request.verb);
    if (!lock) return refuse(answer, action_opened::kind::no_lock);
    action_target target{
        .hotel_row = room->hotel_row, .room = std::move(room), .lock = w.locks.at(*lock), .account = {}};
    target.account = target.lock->account;
    answer.account = account_id(target.account);
    answer.lock_uuid = target.lock->uuid;
    answer.cloud_home_id = target.lock->cloud_home_id;
    answer.cloud_room_id = target.lock->cloud_room_id;
    if (!serves(w, target.account, request.verb)) return refuse(answer, action_opened::kind::not_served);
    if (runs_at_reader(request.verb) && request.reader_account.value != target.account)
        return refuse(answer, action_opened::kind::wrong_reader);
    return target;
}

std::int64_t lane_of_target(workspace& w, const action_request& request, const action_target& target) {
    if (runs_at_reader(request.verb)) return w.locks.find_or_add_reader(target.account, request.reader_id, w.now());
    return target.lock.value().row;
}

bool believed_offline(workspace& w, const lock_place& lock, time_point now) {
    const auto state = w.locks.state(lock.row);
    if (state.online != false) return false;
    const auto* traits = w.accounts.find(lock.account);
    return !traits || !traits->offline_believed_for || now < state.online_at + *traits->offline_believed_for;
}

}  // namespace lockhub::storage::sqlite
