#include "schemas/domain/busy.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace lockhub {

namespace {

constexpr std::array<std::string_view, 17> texts{
    "系统繁忙",          "系统忙",     "服务繁忙",    "服务器繁忙",  "服务器忙",    "网络繁忙",
    "请求频繁",          "操作频繁",   "访问频繁",    "调用频繁",    "过于频繁",    "请求过多",
    "too many requests", "rate limit", "system busy", "server busy", "service busy"};

}  // namespace

bool is_busy(const wire::http_response& response) {
    return response.status == 429 || (response.status == 503 && !response.header("Retry-After").empty());
}

bool says_busy(std::string_view message) {
    std::string text(message);
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return std::ranges::any_of(texts, [&](std::string_view part) { return text.find(part) != std::string::npos; });
}

}  // namespace lockhub
