#pragma once
// A bounded memory of locks that pushes spoke of lately: their rows, rooms and states. Everything in it can be read
// from the tables again; it is forgotten at rollbacks and when the directory changes.
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/sqlite/directory_table.hpp"
#include "storage/sqlite/lock_table.hpp"

namespace lockhub::storage::sqlite {

struct known_lock {
    std::int64_t row = 0;
    lock_state state;
    std::vector<room_place> rooms;
    std::string gateway_uuid;  // "" where nobody told
};

// What one event or answer tells about a lock.
struct lock_news {
    std::optional<bool> online{};
    std::optional<int> battery_percent{};
    std::optional<bool> battery_low{};  // the lock's own word; without it the percentage decides
    std::optional<int> signal_percent{};
    std::optional<bool> faulty{};  // false: it did its work
    time_point occurred_at{};
    time_point heard_at{};
};

// The state after the news: an older event never replaces what a newer one said.
lock_state after(const lock_state& before, const lock_news& news);
// Whether the difference is worth a write: being heard of again counts once a minute.
bool worth_writing(const lock_state& before, const lock_state& now);

class known_locks {
  public:
    known_locks(lock_table& locks, directory_table& directory) : locks_(locks), directory_(directory) {}

    // nullptr when nobody has spoken of it yet. The pointer is good until the next call.
    known_lock* find(std::string_view account, std::string_view uuid);
    known_lock& find_or_add(std::string_view account, std::string_view uuid, std::string_view home,
                            std::string_view room, time_point now);
    void note(known_lock& lock, const lock_news& news);
    // Writes only what is new; "" says nothing.
    void note_gateway(known_lock& lock, std::string_view gateway_uuid);
    void forget() { by_key_.clear(); }

  private:
    known_lock& remember(std::int64_t row);

    lock_table& locks_;
    directory_table& directory_;
    std::unordered_map<std::string, known_lock> by_key_;
    std::string key_;  // of the last look-up; reused, so that a hit allocates nothing
};

}  // namespace lockhub::storage::sqlite
