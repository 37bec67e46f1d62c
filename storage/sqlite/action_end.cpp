#include "storage/sqlite/action_end.hpp"

#include "schemas/quhuhu/callback.hpp"
#include "storage/sqlite/card_keeping.hpp"
#include "storage/sqlite/lane.hpp"
#include "storage/sqlite/lane_keeping.hpp"

namespace lockhub::storage::sqlite {

namespace {

std::string payload_of(workspace& w, const action_record& action, std::string_view account, int final_code) {
    const bool names_card =
        action.callback == delivery_kind::query_card_result || action.callback == delivery_kind::return_card_result;
    if (!names_card) return quhuhu::result_payload(action.action, final_code);
    const auto room = room_of_card(w, account, action.card.lock_uuid, action.hotel_row);
    return quhuhu::card_payload({.action_id = action.action,
                                 .code = final_code,
                                 .valid_from = action.card.valid_from,
                                 .valid_until = action.card.valid_until,
                                 .room_id = room ? std::string_view(room->room) : std::string_view()});
}

std::int64_t results_lane(const action_record& action) {
    return action.room_row ? lane_of_room(*action.room_row, lane_class::results)
                           : lane_of_hotel(action.hotel_row, lane_class::results);
}

}  // namespace

void call_back(workspace& w, const action_record& action, std::string_view account, int final_code, time_point now) {
    if (!action.callback) return;
    const auto payload = payload_of(w, action, account, final_code);
    enqueue(w, {.lane = results_lane(action),
                .kind = *action.callback,
                .pms = action.pms,
                .hotel = action.hotel,
                .room = action.room,
                .room_row = action.room_row,
                .action = action.action,
                .event = std::nullopt,
                .push = std::nullopt,
                .payload = payload,
                .created_at = now,
                .held_reason = w.policies.reason_to_hold(action.pms, *action.callback, {})});
}

void end_action(workspace& w, const action_record& action, std::string_view account, const action_outcome& outcome,
                time_point now) {
    w.biometrics.erase(action.action);
    w.actions.finish(action.action, outcome.state, outcome.final_code, outcome.message, now);
    call_back(w, action, account, outcome.final_code, now);
    w.hints.action_moved({.action = action_id(action.action),
                          .state = outcome.state,
                          .accepted = false,
                          .final_code = outcome.final_code,
                          .message = outcome.message});
}

}  // namespace lockhub::storage::sqlite
