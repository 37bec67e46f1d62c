#include "tests/simulators/dingding_answers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tests/simulators/push_body.hpp"

namespace lockhub::simulators {

namespace {

std::string_view text_of(std::int64_t number) {
    switch (number) {
        case duplicate:
            return "无法添加重复对象";
        case bad_parameter:
            return "参数有误";
        case no_record:
            return "记录不存在";
        case no_room:
            return "房间信息不存在";
        case not_allowed:
            return "权限受限";
        default:
            return "内部错误";
    }
}

}  // namespace

std::string success_json(std::string_view more) {
    return fmt::format(R"({{"ErrNo":0,"ErrMsg":"success"{}{}}})", more.empty() ? "" : ",", more);
}

std::string refusal_json(std::int64_t number) {
    return refusal_json(number, text_of(number));
}

std::string refusal_json(std::int64_t number, std::string_view message) {
    return fmt::format(R"({{"ErrNo":{},"ErrMsg":{}}})", number, quoted(message));
}

std::vector<std::string> items_of(std::string_view list) {
    std::vector<std::string> out;
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        out.emplace_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return out;
}

}  // namespace lockhub::simulators
