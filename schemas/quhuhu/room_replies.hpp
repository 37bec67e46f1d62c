#pragma once
// `data` of the queries about rooms and card readers, as document 000 prints it (sections 五.1 and 五.4.1), and of
// lockhub's own in the same style. Numbers and flags are texts there.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/time.hpp"

namespace lockhub::quhuhu {

struct room_lock_info {
    std::string room_type_code;
    std::string room_id;
    bool has_lock = false;
};
// Rooms of one type stand together.
std::string room_lock_info_data(std::string_view hotel_no, const std::vector<room_lock_info>& rooms);

enum class lock_state { normal, offline, failure, lowpower, badsignal };
std::string_view to_string(lock_state state);

struct room_lock_state {
    std::string room_id;
    std::optional<int> battery_percent;  // nullopt: ""
    std::optional<int> signal_percent;
    lock_state state = lock_state::normal;
};
struct room_lock_error {
    std::string room_id;
    std::string message;
};
std::string lock_states_data(const std::vector<room_lock_state>& states, const std::vector<room_lock_error>& errors);

struct lock_log_line {
    std::string room_id;
    time_point created_at{};
    std::string log_type;
    std::string log_param;
    bool succeeded = true;
};
std::string lock_log_data(const std::vector<lock_log_line>& lines, std::uint64_t row_count);

struct card_reader_state {
    std::string reader_id;
    bool online = false;
    std::string nickname;
};
std::string card_readers_data(std::string_view hotel_no, const std::vector<card_reader_state>& readers);

// --- lockhub's own

struct operation_log_line {
    std::string room_id;
    time_point created_at{};
    std::string operation_id;
    std::string operator_name;
    std::string target;
    std::string recipient;
};
std::string operation_log_data(const std::vector<operation_log_line>& lines, std::uint64_t row_count);

struct room_abilities {
    std::string room_id;
    std::vector<std::string_view> abilities;
};
std::string room_abilities_data(std::string_view hotel_no, const std::vector<room_abilities>& rooms);

}  // namespace lockhub::quhuhu
