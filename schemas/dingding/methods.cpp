#include "schemas/dingding/methods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "schemas/dingding/reply.hpp"
#include "schemas/dingding/token.hpp"
#include "schemas/domain/message_mask.hpp"
#include "schemas/domain/method_fields.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::dingding {

namespace {

// What the account's settings have and the caller did not give.
wire::form with_account_values(const account_settings& settings, const vendor_method& method, wire::form fields) {
    for (const auto& parameter : method.parameters) {
        if (!parameter.from_account || fields.find(parameter.name)) continue;
        fields.add(std::string(parameter.name), settings.phone_number);
    }
    return fields;
}

std::string query_of(const std::vector<method_field>& fields, const access_token& token) {
    wire::form all;
    all.add("access_token", std::string(token.value.reveal()));
    add_fields(all, fields);
    std::string out;
    for (const auto& [name, value] : all.fields()) {
        out += fmt::format("{}{}={}", out.empty() ? "?" : "&", name, wire::percent_encode(value));
    }
    return out;
}

std::string body_of(const std::vector<method_field>& fields, const access_token& token) {
    wire::json_writer body;
    body.begin_object().member("access_token", token.value.reveal());
    write_members(body, fields);
    body.end_object();
    return body.take();
}

}  // namespace

result<wire::http_request> encode_method(const account_settings& settings, const vendor_method& method,
                                         const wire::form& fields, const access_token& token) {
    const auto read = read_fields(method, with_account_values(settings, method, fields));
    if (!read) return std::unexpected(read.error());
    if (method.name == "access_token") return encode_token_request(settings);
    const auto url = fmt::format("{}/{}", settings.base_url, method.name);
    if (method.http_method == "GET") {
        return wire::http_request{.method = "GET", .url = url + query_of(*read, token), .headers = {}, .body = {}};
    }
    return wire::http_request{
        .method = "POST", .url = url, .headers = {{"Content-Type", "application/json"}}, .body = body_of(*read, token)};
}

// 丁盯 may repeat in ErrMsg what it was sent.
method_answer decode_method(const account_settings& settings, const wire::http_response& response) {
    auto reply = read_reply(response);
    method_answer out;
    out.what = reply.kind;
    out.code = reply.code;
    out.message = message_mask({settings.client_secret}).text(reply.message);
    out.retry_after = reply.retry_after;
    out.busy = reply.busy;
    out.body = std::move(reply.body);
    return out;
}

}  // namespace lockhub::dingding
