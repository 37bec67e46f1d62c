#include "schemas/quhuhu/lock_texts.hpp"

#include <fmt/format.h>

namespace lockhub::quhuhu {

std::string computed_pin_stays_text(std::optional<time_point> valid_until) {
    if (!valid_until) return "临时密码不能提前停用";
    return fmt::format("临时密码不能提前停用，将于 {} 自动失效", format_china_time(*valid_until));
}

}  // namespace lockhub::quhuhu
