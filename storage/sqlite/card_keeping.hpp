#pragma once
// What becomes of cards and stays. All cards of one stay carry the same beginning; a later stay has a later one,
// because the lock refuses the cards of older beginnings once it has seen a newer one.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

// The beginning a card must carry that is asked for now. The stay goes on while the same end is asked for and has not
// come; else a new one begins.
time_point stay_for_card(workspace& w, std::int64_t lock_row, std::optional<time_point> valid_until);

// Before the call that makes a lock's cards useless: cards asked for from now on belong to a new stay. The beginning of
// the last stay it is about; nullopt when there never was one.
std::optional<time_point> end_stay(workspace& w, std::int64_t lock_row);

void note_made_card(workspace& w, std::string_view account, const action_record& action, time_point now);
void note_cleared_card(workspace& w, std::string_view account, std::string_view card_id, time_point now);

// The room of a hotel that a card opens, by the lock's card binding, else its password binding. nullopt: the hub knows
// none.
std::optional<room_place> room_of_card(workspace& w, std::string_view account, std::string_view lock_uuid,
                                       std::int64_t hotel_row);

}  // namespace lockhub::storage::sqlite
