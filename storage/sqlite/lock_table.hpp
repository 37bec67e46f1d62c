#pragma once
// locks and lock_states: which locks the hub has heard of, and what is known of them.
#include <optional>
#include <string>
#include <vector>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

struct lock_place {
    std::int64_t row = 0;
    std::string account;
    std::string uuid;
    std::string cloud_home_id;
    std::string cloud_room_id;
};

// A card reader is a lock of its account with such a uuid: what it is told runs one after another too.
inline constexpr std::string_view reader_uuid_prefix = "reader:";

struct lock_state {
    std::optional<bool> online;
    time_point online_at{};  // epoch: never. When the lock said so, by its own time
    std::optional<std::int64_t> battery_percent;
    bool battery_low = false;
    time_point battery_at{};  // of the percentage or of the warning
    std::optional<std::int64_t> signal_percent;
    time_point signal_at{};
    time_point fault_at{};  // epoch: works
    time_point last_heard_at{};

    bool operator==(const lock_state&) const = default;
};

class lock_table {
  public:
    explicit lock_table(database& db);

    std::optional<lock_place> find(std::string_view account, std::string_view uuid);
    lock_place at(std::int64_t row);
    std::vector<std::int64_t> in_home(std::string_view account, std::string_view cloud_home_id);

    // Heard of by a push alone, at `now`. Returns its row.
    std::int64_t add_heard(std::string_view account, std::string_view uuid, std::string_view home,
                           std::string_view room, time_point now);
    // As the directory has it at `now`; a lock heard of before keeps its row, and with it everything known of it.
    std::int64_t add_listed(std::string_view account, std::string_view uuid, std::string_view home,
                            std::string_view room, time_point now);

    // The reader's row, made when it is not there yet.
    std::int64_t find_or_add_reader(std::string_view account, std::string_view reader_id, time_point now);

    std::string gateway_of(std::int64_t row);  // "": not known
    void set_gateway(std::int64_t row, std::string_view gateway_uuid);

    lock_state state(std::int64_t row);
    void write_state(std::int64_t row, const lock_state& state);

  private:
    database& db_;
    statement find_;
    statement at_;
    statement in_home_;
    statement add_heard_;
    statement add_listed_;
    statement state_;
    statement write_state_;
    statement gateway_of_;
    statement set_gateway_;
};

}  // namespace lockhub::storage::sqlite
