#pragma once
// actions: what a PMS asked for, and its one final answer.
#include <optional>
#include <string>
#include <vector>

#include "schemas/domain/action.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/domain/delivery.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/sqlite/verb_groups.hpp"

namespace lockhub::storage::sqlite {

// What a PIN is for, as credentials name it.
constexpr std::string_view purpose_of(bool manage) {
    return manage ? "manage" : "guest";
}

struct new_action {
    std::string_view action;
    action_state state = action_state::open;
    std::string_view pms;
    std::string_view hotel;
    std::string_view room;
    std::int64_t hotel_row = 0;
    std::optional<std::int64_t> room_row;  // nullopt: about what lies on a card reader
    std::string_view method;
    command_verb verb = command_verb::set_pin;
    bool manage = false;
    std::string_view request_key;
    std::optional<std::string_view> sealed_pin;
    std::optional<time_point> valid_from;
    std::optional<time_point> valid_until;
    std::string_view reader_id;
    std::string_view card_lock_uuid;  // make_card, lose_cards: the lock they are about
    std::string_view holder;          // of a face, a fingerprint or access
    std::string_view holder_name;
    std::string_view operator_guid;
    std::string_view operator_name;
    std::optional<delivery_kind> callback;
    time_point created_at{};
    std::optional<int> final_code;  // of an action answered at once
    std::string_view message;
};

struct action_record {
    std::string action;
    action_state state = action_state::open;
    std::string pms;
    std::string hotel;
    std::string room;
    std::int64_t hotel_row = 0;
    std::optional<std::int64_t> room_row;
    command_verb verb = command_verb::set_pin;
    bool manage = false;
    std::optional<delivery_kind> callback;
    std::optional<time_point> valid_from;
    std::optional<time_point> valid_until;
    card_facts card;         // of the card it is about, as far as that is known
    std::string sealed_pin;  // "" for none
    std::string holder;      // of a face, a fingerprint or access; "" for everybody
    std::string holder_name;

    std::string_view purpose() const { return purpose_of(manage); }
};

class action_table {
  public:
    explicit action_table(database& db);

    bool exists(std::string_view action);
    void insert(const new_action& row);
    std::optional<action_record> find(std::string_view action);
    std::optional<action_record> find_open_request(std::string_view request_key, std::int64_t hotel_row,
                                                   std::optional<std::int64_t> room_row);
    // Actions of a room of which nothing was sent yet, oldest first. nullopt: whoever the holder is.
    std::vector<std::string> unsent_actions(std::int64_t room_row, verb_pair pair, bool manage,
                                            std::optional<std::string_view> holder);
    bool has_open_action(std::int64_t room_row, verb_pair pair, bool manage, std::optional<std::string_view> holder);
    // Open, or waiting for an operator.
    bool has_waiting_pin_action(std::int64_t room_row, bool manage);
    // A card of this beginning may come yet.
    bool has_waiting_card(std::int64_t room_row, time_point valid_from);
    void set_card(std::string_view action, const card_facts& card);
    void set_state(std::string_view action, action_state state, std::string_view message);  // open or unverifiable
    void finish(std::string_view action, action_state state, int final_code, std::string_view message, time_point at);
    // Final actions that no delivery, credential, card or access right refers to, with their commands.
    std::int64_t expunge(time_point before, std::size_t limit);

  private:
    statement exists_;
    statement insert_;
    statement find_;
    statement find_open_request_;
    statement unsent_actions_;
    statement has_open_action_;
    statement has_waiting_pin_action_;
    statement has_waiting_card_;
    statement set_card_;
    statement set_state_;
    statement finish_;
    statement expunge_candidates_;
    statement erase_commands_;
    statement erase_;
};

}  // namespace lockhub::storage::sqlite
