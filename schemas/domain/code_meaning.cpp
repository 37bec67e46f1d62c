#include "schemas/domain/code_meaning.hpp"

#include "schemas/core/name_table.hpp"

namespace lockhub {

namespace {

constexpr name_table<code_advice, code_advice::ask_vendor> names{
    {"none", "retry", "wait", "check_credentials", "check_request", "check_directory", "check_lock", "pair_again",
     "check_permissions", "already_so", "choose_other_value", "ask_vendor"}};
static_assert(names.whole());

constexpr name_table<code_advice, code_advice::ask_vendor> english{
    {"", "Try again later.", "The hub renews the token by itself; if this stays, check the account's id and secret.",
     "Check the clock of this machine, and the account's id and secret.", "Check the values the call was made with.",
     "Check that the lock cloud knows the home, the room and the lock, and that the room is bound to the right lock.",
     "Check that the lock is on line, its battery and its gateway; then try again.",
     "Unbind the lock at the vendor's and pair it again; then bind it to its room.",
     "Ask the vendor to give this account the right to do so.", "Nothing needs to be done: it is there already.",
     "Choose another value: a later end, a shorter range, another PIN.",
     "The vendor has not published more: ask its support with the code and the time."}};
static_assert(english.whole());

constexpr name_table<code_advice, code_advice::ask_vendor> chinese{
    {"", "请稍后重试。", "系统会自动更新令牌；若持续出现，请检查账号的 id 和密钥。",
     "请检查本机时间以及账号的 id 和密钥。", "请检查请求参数的取值。",
     "请确认门锁平台上存在该公寓、房间和门锁，且房间绑定的门锁正确。", "请检查门锁是否在线、电量以及网关，然后重试。",
     "请在厂商平台解绑并重新配对门锁，再绑定到房间。", "请联系厂商为该账号开通权限。", "无需处理：对象已存在。",
     "请更换取值：更晚的结束时间、更短的范围或其他密码。", "厂商未公布更多说明，请携带错误码和时间联系厂商。"}};
static_assert(chinese.whole());

}  // namespace

std::string_view to_string(code_advice advice) {
    return names.of(advice);
}

std::string_view in_english(code_advice advice) {
    return english.of(advice);
}

std::string_view in_chinese(code_advice advice) {
    return chinese.of(advice);
}

}  // namespace lockhub
