#include "schemas/dingding/error_codes.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lockhub::dingding {

namespace {

constexpr std::array<std::pair<std::int64_t, std::string_view>, 26> meanings{{
    {0, "成功"},
    {101, "Token 无效"},
    {102, "Token 过期"},
    {422, "参数类型错误"},
    {1000, "操作成功"},
    {4018, "Token 已退出登录"},
    {5006, "密码 id 不存在"},
    {5039, "离线密码的结束时间有误"},
    {5101, "操作失败（含义未公布，可能是设备无应答）"},
    {11000, "无法添加重复对象"},
    {14001, "参数有误"},
    {14003, "数据库操作错误"},
    {14015, "设备不存在"},
    {15000, "内部错误"},
    {15001, "无效的访问"},
    {15006, "记录不存在"},
    {15007, "方法未实现"},
    {15008, "该房间已存在绑定的门锁"},
    {15009, "该公寓已存在绑定的中心"},
    {15010, "设备记录已存在"},
    {15011, "设备已被别人绑定"},
    {15012, "房间信息不存在"},
    {15013, "管理员密码不能被删除或冻结"},
    {15014, "权限受限"},
    {15051, "接口不存在"},
    {15605, "时间范围超过一年"},
}};

}  // namespace

std::string_view describe_code(std::int64_t code) {
    const auto* const found = std::ranges::find(meanings, code, &std::pair<std::int64_t, std::string_view>::first);
    return found == meanings.end() ? std::string_view() : found->second;
}

bool asks_for_token(std::int64_t code) {
    return code == 101 || code == 102 || code == 4018 || code == 15001;
}

}  // namespace lockhub::dingding
