#include <fmt/format.h>

#include <algorithm>

#include "hub/observe/explain.hpp"

namespace lockhub::hub {

refusal_words explain_refusal(const storage::action_row& action, const surroundings& around) {
    if (action.state == action_state::succeeded) return {};
    const auto found = std::ranges::find(
        around.clouds, action.account, [](const auto& cloud) -> const std::string& { return cloud->account().value; });
    if (found == around.clouds.end()) return {};
    const auto meaning = (*found)->meaning_of(action.vendor_code, action.message);
    if (!meaning.is_known() || meaning.advice == code_advice::none) return {};
    const auto code = action.vendor_code == 0 ? std::string() : fmt::format(" {}", action.vendor_code);
    refusal_words out;
    out.english = fmt::format("The lock cloud said{}: {}. {}", code, meaning.english, in_english(meaning.advice));
    out.chinese = fmt::format("门锁平台返回{}：{}。{}", code, meaning.chinese, in_chinese(meaning.advice));
    return out;
}

}  // namespace lockhub::hub
