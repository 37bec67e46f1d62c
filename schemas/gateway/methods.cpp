#include "schemas/gateway/methods.hpp"

#include <array>
#include <utility>

#include "schemas/domain/method_fields.hpp"
#include "schemas/gateway/calls.hpp"
#include "schemas/gateway/reply.hpp"

namespace lockhub::gateway {

namespace {

using enum vendor_parameter::type;

// 15 digits; a Long in some places of the document and a String in others: text keeps every digit either way.
constexpr vendor_parameter room{.name = "rm_id", .required = true};
constexpr vendor_parameter begin{.name = "abkp", .what = time_china, .required = true};
// `unvalid` is how answers spell it.
constexpr vendor_parameter end{.name = "unValid", .what = time_china, .required = true, .other_name = "unvalid"};
// The document gives the range for faces and fingers only; passwords keep to the same.
constexpr vendor_parameter number{.name = "m1",
                                  .what = whole_number,
                                  .required = true,
                                  .lowest = first_sequence_number,
                                  .highest = last_sequence_number};

constexpr std::array a_room{room};
constexpr std::array room_and_number{room, number};
constexpr std::array new_card{room, begin, end};
constexpr std::array old_card{vendor_parameter{.name = "rm_id"}, vendor_parameter{.name = "card_id"}};
constexpr std::array old_card_choice{parameter_choice{"rm_id", "card_id"}};
constexpr std::array room_and_end{room, end};
constexpr std::array old_computed_pin{
    room, vendor_parameter{.name = "muid", .what = digits, .required = true, .secret = true}, end};
constexpr std::array new_pin{
    room, number,
    vendor_parameter{.name = "pwd", .what = digits, .required = true, .secret = true, .lowest = 6, .highest = 10}, end};
constexpr std::array new_face{
    room, vendor_parameter{.name = "base64", .what = base64, .required = true, .secret = true}, number, begin, end};
constexpr std::array new_finger{room, vendor_parameter{.name = "hexs", .what = hex, .required = true, .secret = true},
                                number, begin, end};

// The document numbers two chapters 2: cards, and computed passwords.
constexpr std::array<vendor_method, 13> table{{
    {.name = "GetRoomList", .section = "1.1", .http_method = "POST"},
    {.name = "MarkRoomCard", .section = "2.1 发卡", .http_method = "POST", .parameters = new_card, .changes = true},
    {.name = "ClearRoomCard",
     .section = "2.2 回收卡",
     .http_method = "POST",
     .parameters = old_card,
     .changes = true,
     .choices = old_card_choice},
    {.name = "ReadCard", .section = "2.3 读卡号信息", .http_method = "POST"},
    {.name = "MakeOffline", .section = "2.1 算法密码", .http_method = "POST", .parameters = room_and_end},
    {.name = "GatewayStopOffline",
     .section = "2.2 停用算法密码",
     .http_method = "POST",
     .parameters = old_computed_pin,
     .changes = true},
    {.name = "GatewayUploadOnline", .section = "3.1", .http_method = "POST", .parameters = new_pin, .changes = true},
    {.name = "GatewayStopOnline",
     .section = "3.2",
     .http_method = "POST",
     .parameters = room_and_number,
     .changes = true},
    {.name = "GatewayOpen", .section = "4.1", .http_method = "POST", .parameters = a_room, .changes = true},
    {.name = "GatewayUploadFace", .section = "5.1", .http_method = "POST", .parameters = new_face, .changes = true},
    {.name = "GatewayStopFace",
     .section = "5.2",
     .http_method = "POST",
     .parameters = room_and_number,
     .changes = true},
    {.name = "GatewayUploadFinger", .section = "6.1", .http_method = "POST", .parameters = new_finger, .changes = true},
    {.name = "GatewayStopFinger",
     .section = "6.2",
     .http_method = "POST",
     .parameters = room_and_number,
     .changes = true},
}};

}  // namespace

std::span<const vendor_method> method_table() {
    return table;
}

result<wire::http_request> encode_method(const account_settings& settings, const vendor_method& method,
                                         const wire::form& fields) {
    const auto read = read_fields(method, fields);
    if (!read) return std::unexpected(read.error());
    wire::form parameters;
    add_fields(parameters, *read);
    return make_request(settings, method.name, parameters);
}

method_answer decode_method(const account_settings& settings, const wire::http_response& response) {
    auto reply = read_reply(response, settings.appsecret, secret());
    method_answer out;
    out.what = reply.kind;
    out.code = reply.code;
    out.message = std::move(reply.message);
    out.retry_after = reply.retry_after;
    out.busy = reply.busy;
    out.body = std::move(reply.body);
    return out;
}

}  // namespace lockhub::gateway
