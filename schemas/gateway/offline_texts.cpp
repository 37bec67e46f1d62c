#include "schemas/gateway/offline_texts.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace lockhub::gateway {

namespace {

constexpr std::array<std::string_view, 17> lock_not_reached{
    "离线",     "不在线", "未在线", "未上线", "未连接",  "已断开",   "断线",     "掉线",      "网关超时",
    "连接超时", "无响应", "未响应", "无应答", "offline", "off line", "off-line", "not online"};

// The vendor's name of the computed PIN, in texts such as 离线密码不存在.
constexpr std::array<std::string_view, 4> about_passwords{"离线密码", "离线临时密码", "offline password",
                                                          "off-line password"};

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

void remove_all(std::string& text, std::string_view part) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, part.size());
}

}  // namespace

bool says_lock_offline(std::string_view message) {
    auto text = lower_case(message);
    for (const auto name : about_passwords) remove_all(text, name);
    return std::ranges::any_of(lock_not_reached,
                               [&](std::string_view words) { return text.find(words) != std::string::npos; });
}

}  // namespace lockhub::gateway
