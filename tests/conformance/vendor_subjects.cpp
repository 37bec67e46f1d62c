#include "tests/conformance/vendor_subjects.hpp"

#include <stdexcept>

#include "schemas/dingding/cloud.hpp"
#include "schemas/gateway/cloud.hpp"
#include "schemas/yeeuu/cloud.hpp"

namespace lockhub::test {

namespace {

using type = vendor_parameter::type;
using wire::json_value;

vendor_subject dingding_subject() {
    vendor_subject out;
    out.vendor = "dingding";
    out.cloud = dingding::make_cloud({.account = account_id("dd-main"),
                                      .event_url = "https://hub.example.com/e",
                                      .result_url = "https://hub.example.com/r",
                                      .sign = dingding::sign_policy::required,
                                      .base_url = "https://lockapi.example.com/openapi/v1",
                                      .client_id = "made-up-client",
                                      .client_secret = secret("made-up-secret")});
    out.method_names = {"access_token",
                        "add_home",
                        "update_home",
                        "del_home",
                        "find_home_state",
                        "find_home_states",
                        "find_home_device",
                        "find_home_devices",
                        "add_room",
                        "update_room",
                        "del_room",
                        "get_center_info",
                        "get_lock_info",
                        "fetch_passwords",
                        "get_default_password_plaintext",
                        "get_dynamic_password_plaintext",
                        "add_password",
                        "update_password",
                        "delete_password",
                        "frozen_password",
                        "unfrozen_password",
                        "get_lock_events",
                        "count_lock_events",
                        "search_device_op_log",
                        "count_device_op_log",
                        "order_add",
                        "order_update",
                        "find_orders"};
    out.done_body = R"({"ErrNo":"0","ErrMsg":"success","serviceid":700000100,"fresh":{"a":[1,2.5,null,true]}})";
    out.refused_body = R"({"ErrNo":15012,"ErrMsg":"房间信息不存在","fresh":1})";
    out.foreign_bodies = {R"({"success":true})", R"({"ErrNo":"none"})", R"({"ErrNo":{}})", R"({"ErrNo":null})"};
    out.account_secrets = {"made-up-secret", std::string(made_up_token)};
    return out;
}

vendor_subject gateway_subject(gateway::body_format body) {
    vendor_subject out;
    out.vendor = body == gateway::body_format::form ? "gateway by form" : "gateway by JSON";
    out.cloud = gateway::make_cloud({.account = account_id("gw-1"),
                                     .base_url = "http://127.0.0.1:19952",
                                     .appid = "00000000000000000000000000000a01",
                                     .appsecret = secret("00000000000000000000000000000b01"),
                                     .body = body});
    out.method_names = {"GetRoomList",      "MarkRoomCard",       "ClearRoomCard",       "ReadCard",
                        "MakeOffline",      "GatewayStopOffline", "GatewayUploadOnline", "GatewayStopOnline",
                        "GatewayOpen",      "GatewayUploadFace",  "GatewayStopFace",     "GatewayUploadFinger",
                        "GatewayStopFinger"};
    out.done_body = R"({"code":"1","msg":"操作成功","fresh":[],"data":{"ce":89,"d2":1760000000980,"x":{"y":1},},})";
    out.refused_body = R"({"code":0,"msg":"网关离线","data":null,"fresh":1})";
    out.foreign_bodies = {R"({"success":true})", R"({"code":"one"})", R"({"code":[]})", R"({"code":null})"};
    out.account_secrets = {"00000000000000000000000000000b01"};
    return out;
}

vendor_subject yeeuu_subject() {
    vendor_subject out;
    out.vendor = "yeeuu";
    out.cloud = yeeuu::make_cloud({.account = account_id("yy-main"),
                                   .base_url = "https://alms.example.com",
                                   .partner_id = "000000000000000000000001",
                                   .key = secret("madeUp8x"),
                                   .guest_mobile = "13000000000",
                                   .manage_mobile = "13000000001",
                                   .operator_mobile = "13000000000"});
    out.method_names = {"synchronize_apartments",
                        "auth",
                        "delete_auth",
                        "remote_action",
                        "generate_password",
                        "remove_password",
                        "get_device_logs",
                        "get_device_logs_page_count"};
    out.done_body = R"({"success":true,"desc":"操作成功","count":"2","fresh":[{"type":3}]})";
    out.refused_body = R"({"success":false,"desc":"房源不存在","fresh":1})";
    out.foreign_bodies = {R"({"ErrNo":0})", R"({"success":{}})", R"({"success":null})", R"({"success":[true]})"};
    out.account_secrets = {"madeUp8x"};
    return out;
}

std::string joined(const json_value& list) {
    std::string out;
    for (const auto& item : list.items()) out += (out.empty() ? "" : ",") + item.text();
    return out;
}

// A list of texts stands in a form as JSON.
std::string read_text(const std::string& text) {
    const auto list = text.starts_with("[\"") ? json_value::parse(text) : json_value::parse("0");
    return list && list->is_array() ? joined(*list) : text;
}

std::map<std::string, std::string> of_form(std::string_view text) {
    std::map<std::string, std::string> out;
    const auto form = wire::form::parse(text);
    if (!form) throw std::runtime_error("no form: " + form.error().message);
    for (const auto& [name, value] : form->fields()) out[name] = read_text(value);
    return out;
}

std::map<std::string, std::string> of_json(std::string_view text) {
    std::map<std::string, std::string> out;
    const auto body = json_value::parse(text);
    if (!body) throw std::runtime_error("no JSON: " + body.error().message);
    for (const auto& [name, value] : body->members()) out[name] = value.is_array() ? joined(value) : value.text();
    return out;
}

}  // namespace

std::vector<vendor_subject> vendor_subjects() {
    return {dingding_subject(), gateway_subject(gateway::body_format::form),
            gateway_subject(gateway::body_format::json), yeeuu_subject()};
}

std::string sample_of(const vendor_parameter& parameter) {
    const std::string_view digits = "4829130561";
    switch (parameter.what) {
        case type::text:
            return "甲 a+b&c=d/e%41\"";
        case type::digits:
            return std::string(digits.substr(0, parameter.lowest > 0 ? static_cast<std::size_t>(parameter.lowest) : 7));
        case type::boolean:
            return "true";
        case type::whole_number:
            return std::to_string(parameter.lowest > 0 ? parameter.lowest : 1);
        case type::text_list:
            return "h-1,h-2";
        case type::json:
            return R"([{"code":"x0001","unit":"甲"}])";
        case type::time_seconds:
        case type::time_china:
            return "2026-11-22 12:00:00";
        case type::base64:
            return "AAAA+/8=";
        case type::hex:
            return "ab-cd-ef";
    }
    return "";
}

std::string sample_on_wire(const vendor_parameter& parameter) {
    return parameter.what == type::time_seconds ? "1795320000" : sample_of(parameter);
}

wire::form sample_fields(const vendor_method& method) {
    wire::form out;
    for (const auto& parameter : method.parameters) out.add(std::string(parameter.name), sample_of(parameter));
    return out;
}

std::map<std::string, std::string> carried_by(const wire::http_request& request) {
    if (request.method == "GET") return of_form(request.url.substr(request.url.find('?') + 1));
    const bool as_json = wire::find_header(request.headers, "Content-Type") == "application/json";
    return as_json ? of_json(request.body) : of_form(request.body);
}

result<wire::http_request> encode(const vendor_subject& subject, const vendor_method& method,
                                  const wire::form& fields) {
    const access_token token{secret(std::string(made_up_token)), moment_of_call};
    return subject.cloud->encode_method(method, fields, token, moment_of_call, made_up_nonce);
}

method_answer decode(const vendor_subject& subject, const vendor_method& method, int status, std::string body) {
    return subject.cloud->decode_method(method, {.status = status, .headers = {}, .body = std::move(body)});
}

}  // namespace lockhub::test
