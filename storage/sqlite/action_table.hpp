#pragma once
// actions: what a PMS asked for, and its one final answer.
#include <optional>
#include <string>

#include "schemas/domain/action.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/domain/delivery.hpp"
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

struct new_action {
    std::string_view action;
    action_state state = action_state::open;
    std::string_view pms;
    std::string_view hotel;
    std::string_view room;
    std::int64_t hotel_row = 0;
    std::int64_t room_row = 0;
    std::string_view method;
    command_verb verb = command_verb::set_pin;
    bool manage = false;
    std::string_view request_key;
    std::optional<std::string_view> sealed_pin;
    std::optional<time_point> valid_until;
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
    std::int64_t room_row = 0;
    bool manage = false;
    std::optional<delivery_kind> callback;
    std::optional<time_point> valid_until;
    std::string sealed_pin;  // "" for none
};

class action_table {
  public:
    explicit action_table(database& db);

    bool exists(std::string_view action);
    void insert(const new_action& row);
    std::optional<action_record> find(std::string_view action);
    std::optional<action_record> find_open_request(std::string_view request_key, std::int64_t room_row);
    void set_state(std::string_view action, action_state state, std::string_view message);  // open or unverifiable
    void finish(std::string_view action, action_state state, int final_code, std::string_view message, time_point at);
    // Final actions that nothing refers to any more, with their commands.
    std::int64_t expunge(time_point before, std::size_t limit);

  private:
    statement exists_;
    statement insert_;
    statement find_;
    statement find_open_request_;
    statement set_state_;
    statement finish_;
    statement expunge_candidates_;
    statement erase_commands_;
    statement erase_;
};

}  // namespace lockhub::storage::sqlite
