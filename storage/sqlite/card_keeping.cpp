#include "storage/sqlite/card_keeping.hpp"

#include <algorithm>

namespace lockhub::storage::sqlite {

namespace {

// A stay ends with the last card of it.
void end_stay_without_cards(workspace& w, const active_card& card) {
    const auto stay = w.cards.stay_of(card.lock_row);
    if (!stay || stay->begins_at != card.begins_at || w.cards.has_active(card.lock_row, card.begins_at)) return;
    if (card.room_row && w.actions.has_waiting_card(*card.room_row, card.begins_at)) return;
    w.cards.end_stay(card.lock_row);
}

}  // namespace

time_point stay_for_card(workspace& w, std::int64_t lock_row, std::optional<time_point> valid_until) {
    const auto now = w.now();
    const auto stay = w.cards.stay_of(lock_row);
    const bool still_to_come = !valid_until || *valid_until > now;
    if (stay && stay->current && stay->valid_until == valid_until && still_to_come) return stay->begins_at;
    time_point begins_at = std::chrono::floor<std::chrono::seconds>(now);
    if (stay) begins_at = std::max(begins_at, stay->begins_at + std::chrono::seconds(1));
    w.cards.begin_stay(lock_row, begins_at, valid_until);
    return begins_at;
}

std::optional<time_point> end_stay(workspace& w, std::int64_t lock_row) {
    const auto stay = w.cards.stay_of(lock_row);
    if (!stay) return std::nullopt;
    w.cards.end_stay(lock_row);
    return stay->begins_at;
}

void note_made_card(workspace& w, std::string_view account, const action_record& action, time_point now) {
    const auto lock = w.locks.find(account, action.card.lock_uuid);
    if (!lock || action.card.card_id.empty() || !action.valid_from) return;
    const auto before = w.cards.find_active(account, action.card.card_id);
    w.cards.save_active({.account = account,
                         .card_id = action.card.card_id,
                         .lock_row = lock->row,
                         .room_row = action.room_row,
                         .begins_at = *action.valid_from,
                         .valid_until = action.valid_until,
                         .action = action.action,
                         .changed_at = now});
    if (before && before->lock_row != lock->row) end_stay_without_cards(w, *before);
}

void note_cleared_card(workspace& w, std::string_view account, std::string_view card_id, time_point now) {
    const auto card = w.cards.find_active(account, card_id);
    if (!card) return;
    w.cards.mark_cleared(account, card_id, now);
    end_stay_without_cards(w, *card);
}

std::optional<room_place> room_of_card(workspace& w, std::string_view account, std::string_view lock_uuid,
                                       std::int64_t hotel_row) {
    const auto lock = w.locks.find(account, lock_uuid);
    if (!lock) return std::nullopt;
    return w.directory.room_of_card(lock->row, hotel_row);
}

}  // namespace lockhub::storage::sqlite
