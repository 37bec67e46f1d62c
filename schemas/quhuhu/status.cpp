#include "schemas/quhuhu/status.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace lockhub::quhuhu {
namespace {

constexpr auto table = std::to_array<status_text>({
    // 门锁服务对接新增系统状态码
    {-1, "门锁错误信息透传(默认处理失败)", "the lock's own error text, 'failed' by default"},
    {-8001, "缺少 PMS 房间代码", "roomId is missing"},
    {-8004, "缺少读卡器 ID", "readCardId is missing"},
    {-8009, "日期格式错误", "a date is not yyyy-MM-dd HH:mm:ss"},
    {-8010, "查询页码不能为空,且必须为数字", "pageNum is missing or no number"},
    {-8011, "查询数量不能为空,且必须为数字", "pageSize is missing or no number"},
    {-8105, "无直连门锁服务", "no lock service for this hotel or room"},
    // 原渠道直连状态码
    {0, "处理成功", "done"},
    {-10000, "未知异常", "unknown error"},
    {-10001, "系统处理异常", "error in the system"},
    {-1000, "缺少 pmsId 参数", "pmsId is missing"},
    {-1001, "缺少 channelCode 参数", "channelCode is missing"},
    {-1002, "缺少 PMS 酒店代码", "the PMS's hotel code is missing"},
    {-1003, "缺少渠道酒店代码", "the channel's hotel code is missing"},
    {-1004, "缺少 PMS 价格计划代码", "the PMS's rate plan code is missing"},
    {-1005, "缺少渠道价格计划代码", "the channel's rate plan code is missing"},
    {-1006, "缺少 PMS 价格计划名称", "the PMS's rate plan name is missing"},
    {-1007, "缺少渠道价格计划名称", "the channel's rate plan name is missing"},
    {-1008, "缺少有效星期", "the valid weekdays are missing"},
    {-1009, "缺少起始日期", "the start date is missing"},
    {-1010, "缺少结束日期", "the end date is missing"},
    {-1011, "起始日期格式错误", "the start date is malformed"},
    {-1012, "结束日期格式错误", "the end date is malformed"},
    {-1013, "开始日期不能大于结束日期", "the start is after the end"},
    {-1014, "开始日期不能小于当前日期", "the start lies in the past"},
    {-1015, "缺少渠道订单号", "the channel's order number is missing"},
    {-1016, "缺少操作人 ID", "operatorGuid is missing"},
    {-1017, "缺少操作人姓名", "operatorName is missing"},
    {-1018, "缺少拒单原因类型", "the reason of refusing the order is missing"},
    {-1019, "缺少直连用户名", "the direct-connect user name is missing"},
    {-1020, "缺少直连密码", "the direct-connect password is missing"},
    {-1021, "缺少用户 IP", "the user's IP address is missing"},
    {-1022, "缺少接口版本号", "version is missing"},
    {-1023, "缺少订单价格", "the order's price is missing"},
    {-1024, "缺少订单客人姓名", "the guest's name is missing"},
    {-1025, "缺少 PMS 物理房型代码", "the PMS's room type code is missing"},
    {-1026, "缺少联系人姓名", "the contact's name is missing"},
    {-1027, "缺少联系人联系方式", "the contact's address is missing"},
    {-1028, "缺少有效房量", "the number of rooms is missing"},
    {-1029, "房量格式错误", "the number of rooms is malformed"},
    {-1030, "缺少酒店名称", "the hotel's name is missing"},
    {-1031, "缺少渠道酒店名称", "the channel's hotel name is missing"},
    {-1032, "开始结束时间间隔大于 90 天", "start and end are more than 90 days apart"},
    {-1033, "缺少渠道物理房型代码", "the channel's room type code is missing"},
    {-1034, "缺少渠道物理房型名称", "the channel's room type name is missing"},
    {-1035, "缺少 PMS 物理房型名称", "the PMS's room type name is missing"},
    {-1036, "底价、卖价、佣金至少 2 个不为空", "two of base price, selling price and commission are needed"},
    {-1037, "价格字段内容格式错误", "a price is malformed"},
    {-1038, "缺少手机验证码", "the code sent to the phone is missing"},
    {-1039, "缺少手机号码", "the phone number is missing"},
    {-2000, "没有进行酒店级渠道匹配", "the hotel is not matched with the channel"},
    {-2001, "订单状态已改变", "the order's state has changed"},
    {-2002, "渠道未给您的账号分配操作权限", "the channel gave this account no rights"},
    {-2003, "您的账号暂时没有绑定的酒店信息", "no hotel is bound to this account yet"},
    {-2004, "不满足订单自动审核条件", "the order cannot be approved automatically"},
    {-2005, "渠道下没有账号开通", "no account is open at the channel"},
    {-2006, "没有进行价格计划匹配", "the rate plan is not matched"},
    {-2007, "没有进行物理房型匹配", "the room type is not matched"},
    {-2008, "该物理房型已经匹配", "the room type is matched already"},
    {-2009, "不存在该物理房型", "no such room type"},
    {-2010, "该渠道价格计划已经匹配", "the channel's rate plan is matched already"},
    {-2011, "该渠道价格计划与当前渠道酒店不匹配", "the channel's rate plan does not fit its hotel"},
    {-2012, "PMS 代码不合法", "no such pmsId"},
    {-2013, "当前 PMS 服务处于停用状态", "the PMS is disabled"},
    {-2014, "已存在的酒店匹配", "the hotel is matched already"},
    {-2015, "渠道酒店不属于该账号", "the channel's hotel belongs to another account"},
    {-2016, "渠道代码尚未开通服务", "the channel has no service yet"},
    {-2017, "渠道不存在该组合的产品", "the channel has no such product"},
    {-2018, "没有该组合的产品级对接匹配", "the product is not matched"},
    {-2019, "该渠道产品已经匹配", "the channel's product is matched already"},
    {-2020, "订单不存在或不属于该酒店", "no such order in this hotel"},
    {-3000, "渠道确认订单操作失败", "the channel failed to confirm the order"},
    {-3001, "渠道拒单操作失败", "the channel failed to refuse the order"},
    {-3002, "渠道订单入住审核操作失败", "the channel failed to approve the check-in"},
    {-3003, "渠道订单离店审核操作失败", "the channel failed to approve the check-out"},
    {-3004, "渠道更改房量操作全部失败", "no number of rooms could be changed"},
    {-3005, "渠道更改房量操作部分失败", "some numbers of rooms could not be changed"},
    {-3006, "开房全部操作失败", "no room could be opened for sale"},
    {-3007, "开房部分操作失败", "some rooms could not be opened for sale"},
    {-3008, "关房全部操作失败", "no room could be closed for sale"},
    {-3009, "关房部分操作失败", "some rooms could not be closed for sale"},
    {-3010, "设置房价操作失败", "the prices could not be set"},
    {-3011, "设置房价部分操作失败,请刷新重试", "some prices could not be set; reload and try again"},
    {-3012, "用户名或密码错误", "wrong user name or password"},
    {-3013, "该手机号未与 OTAebooking 账号进行绑定", "the phone number is bound to no OTA ebooking account"},
    {-3014, "动态码发送次数过多, 请明日再试", "too many codes were sent; try tomorrow"},
    {-3015, "动态码获取频繁, 请 1 小时后再试", "codes asked for too often; try in an hour"},
    {-3016, "动态码获取频繁，请 15 分钟后再试", "codes asked for too often; try in 15 minutes"},
    {-3017, "请 10 分钟后重试", "try in 10 minutes"},
    {-3018, "动态码获取频繁，请 1 分钟后再试", "codes asked for too often; try in a minute"},
    {-3019, "账号异常，请 10 分钟后再试", "something is wrong with the account; try in 10 minutes"},
    {-3020, "账号异常，请 24 小时后再试", "something is wrong with the account; try in 24 hours"},
    {-3021, "动态码错误，请重新输入", "wrong code; enter it again"},
    {-3022, "账号异常，请联系 OTA 工作人员进行咨询，联系电话 4006812010",
     "something is wrong with the account; call the OTA at 4006812010"},
    {-3023, "动态码已失效，请重新发送动态码", "the code has expired; send a new one"},
    {-3024, "请输入正确的手机号码", "the phone number is not valid"},
    {-4000, "不存在的渠道 Code", "no such channel"},
    {-4001, "该渠道暂未开放此功能", "the channel does not offer this yet"},
    {-4002, "系统错误，请重试", "error in the system; try again"},
    {-4003, "贵方渠道不支持此种对接模式", "your channel does not support this kind of connection"},
    {-5000, "HMAC 校验失败", "hmac is missing or wrong"},
    {-5001, "酒店无此订单操作权限", "the hotel may not do this to the order"},
    {-5002, "该版本 API 接口暂未开放", "this version of the interface is not served"},
});

constexpr auto own_table = std::to_array<status_text>({
    {-9001, "缺少参数", "a field is missing; msg names it"},
    {-9002, "参数", "a field is malformed; msg names it and says why"},
});

const status_text& find(status code) {
    for (const auto all : {status_table(), own_status_table()}) {
        const auto at = std::ranges::find(all, std::to_underlying(code), &status_text::code);
        if (at != all.end()) return *at;
    }
    throw std::logic_error("a status that stands in no table");
}

}  // namespace

std::span<const status_text> status_table() {
    return table;
}

std::span<const status_text> own_status_table() {
    return own_table;
}

std::string_view chinese(status code) {
    if (code == status::lock_error) return "处理失败";
    return find(code).chinese;
}

std::string_view english(status code) {
    return find(code).english;
}

}  // namespace lockhub::quhuhu
