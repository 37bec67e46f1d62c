#pragma once
// What lockhub itself tells a PMS about doors opened from afar, frozen PINs, faces and fingerprints, as `msg` beside
// code -1.
#include <string_view>

namespace lockhub::quhuhu {

inline constexpr std::string_view no_guest_pin_text = "该房间没有有效的客人密码";
inline constexpr std::string_view no_manage_pin_text = "该房间没有有效的管理密码";
inline constexpr std::string_view no_free_face_number_text = "门锁人脸序号已用完";
inline constexpr std::string_view no_free_fingerprint_number_text = "门锁指纹序号已用完";
inline constexpr std::string_view rights_left_text = "仍有未停用的授权，请重新操作";
inline constexpr std::string_view order_expired_text = "开门指令超时，未下发";
inline constexpr std::string_view door_unknown_text = "门是否打开未知";

}  // namespace lockhub::quhuhu
