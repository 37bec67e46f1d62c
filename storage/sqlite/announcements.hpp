#pragma once
// What a group collects and tells after its commit: due hints, and actions that went on. Forgotten at a rollback.
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/store.hpp"

namespace lockhub::storage::sqlite {

class announcements {
  public:
    void delivery_due(std::string_view pms, time_point due_at) { note(deliveries_, pms, due_at); }
    void command_due(std::string_view account, time_point due_at) { note(commands_, account, due_at); }

    void inventory_due(std::string_view account, time_point due_at) { note(inventories_, account, due_at); }

    void action_moved(action_news news) { actions_.push_back(std::move(news)); }

    std::vector<due_hint> take_deliveries() { return take(deliveries_); }
    std::vector<due_hint> take_commands() { return take(commands_); }
    std::vector<due_hint> take_inventories() { return take(inventories_); }
    std::vector<action_news> take_actions() { return std::exchange(actions_, {}); }
    void forget();

  private:
    using earliest = std::unordered_map<std::string, time_point>;
    void note(earliest& hints, std::string_view key, time_point due_at);
    static std::vector<due_hint> take(earliest& hints);

    earliest deliveries_;
    earliest commands_;
    earliest inventories_;
    std::vector<action_news> actions_;
    std::string key_;  // reused, so that a hint for a known key allocates nothing
};

}  // namespace lockhub::storage::sqlite
