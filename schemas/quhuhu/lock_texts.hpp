#pragma once
// What lockhub itself tells a PMS about locks, as `msg` beside code -1, where document 000 has no text of its own.
#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/time.hpp"

namespace lockhub::quhuhu {

inline constexpr std::string_view superseded_text = "已被后续操作取代";
inline constexpr std::string_view lock_changed_text = "房间已更换门锁，请重新操作";
inline constexpr std::string_view no_free_pin_number_text = "门锁密码序号已用完";
inline constexpr std::string_view card_without_room_text = "卡片所属房间未绑定";
inline constexpr std::string_view no_card_text = "读卡器上没有可识别的卡片";

// A PIN the lock computes itself stays valid until its end; nullopt: nobody knows when that is.
std::string computed_pin_stays_text(std::optional<time_point> valid_until);

}  // namespace lockhub::quhuhu
