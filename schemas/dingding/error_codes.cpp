#include "schemas/dingding/error_codes.hpp"

#include <algorithm>
#include <array>

namespace lockhub::dingding {

namespace {

using enum code_advice;

struct row {
    std::int64_t code;
    code_meaning meaning;
};

// 401 is HTTP's, where an answer has no ErrNo.
constexpr std::array<row, 27> table{{
    {0, {"成功", "success", none}},
    {101, {"Token 无效", "the token is invalid", wait}},
    {102, {"Token 过期", "the token has expired", wait}},
    {401, {"未授权", "the call is not authorised", wait}},
    {422, {"参数类型错误", "a parameter is of the wrong type", check_request}},
    {1000, {"操作成功", "the operation succeeded", none}},
    {4018, {"Token 已退出登录", "the token was logged out", wait}},
    {5006, {"密码 id 不存在", "the lock has no password of that id", check_directory}},
    {5039, {"离线密码的结束时间有误", "the end of the offline password is not allowed", choose_other_value}},
    {5101,
     {"操作失败（含义未公布，可能是设备无应答）",
      "the operation failed (the meaning is not published; perhaps the device did not answer)", check_lock}},
    {11000, {"无法添加重复对象", "such an object exists already", already_so}},
    {14001, {"参数有误", "a parameter is wrong", check_request}},
    {14003, {"数据库操作错误", "the vendor's database failed", retry}},
    {14015, {"设备不存在", "there is no such device", check_directory}},
    {15000, {"内部错误", "the vendor's service failed", retry}},
    {15001, {"无效的访问", "the access is invalid", wait}},
    {15006, {"记录不存在", "there is no such record", check_directory}},
    {15007, {"方法未实现", "the method is not implemented", ask_vendor}},
    {15008, {"该房间已存在绑定的门锁", "the room has a lock already", already_so}},
    {15009, {"该公寓已存在绑定的中心", "the home has a gateway already", already_so}},
    {15010, {"设备记录已存在", "the device is on record already", already_so}},
    {15011, {"设备已被别人绑定", "the device is bound to somebody else", pair_again}},
    {15012, {"房间信息不存在", "there is no such room", check_directory}},
    {15013, {"管理员密码不能被删除或冻结", "the management password cannot be deleted or frozen", check_request}},
    {15014, {"权限受限", "the account lacks the right", check_permissions}},
    {15051, {"接口不存在", "there is no such interface", ask_vendor}},
    {15605, {"时间范围超过一年", "the range of time is longer than a year", choose_other_value}},
}};

}  // namespace

code_meaning meaning_of_code(std::int64_t code) {
    const auto* const found = std::ranges::find(table, code, &row::code);
    return found == table.end() ? code_meaning{} : found->meaning;
}

std::string_view describe_code(std::int64_t code) {
    return meaning_of_code(code).chinese;
}

bool asks_for_token(std::int64_t code) {
    return code == 101 || code == 102 || code == 4018 || code == 15001;
}

}  // namespace lockhub::dingding
