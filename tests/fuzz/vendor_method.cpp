// Any fields of any method of a lock cloud, and any bytes as its answer:
//   dingding add_password uuid=…&password=…
//   0{"ErrNo":0}
// The first byte of the answer picks the HTTP status.
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "schemas/dingding/cloud.hpp"
#include "schemas/gateway/cloud.hpp"
#include "schemas/yeeuu/cloud.hpp"
#include "tests/fuzz/require.hpp"

using namespace lockhub;
using lockhub::fuzz::require;

namespace {

constexpr std::array statuses{200, 200, 200, 400, 401, 404, 429, 500};
constexpr std::string_view hidden_secret = "hidden-secret";
constexpr std::size_t shortest_secret = 6;  // a shorter value may stand in a message by chance

std::unique_ptr<lock_cloud> make_cloud(std::string_view vendor) {
    if (vendor == "gateway")
        return gateway::make_cloud({.account = account_id("gw-1"),
                                    .base_url = "http://127.0.0.1:19952",
                                    .appid = "a01",
                                    .appsecret = secret(std::string(hidden_secret)),
                                    .body = gateway::body_format::form});
    if (vendor == "yeeuu")
        return yeeuu::make_cloud({.account = account_id("yy-1"),
                                  .partner_id = "p1",
                                  .key = secret(std::string(hidden_secret)),
                                  .guest_mobile = "13000000001",
                                  .manage_mobile = "13000000002",
                                  .operator_mobile = ""});
    return dingding::make_cloud({.account = account_id("dd-main"),
                                 .event_url = "https://hub.example.com/e",
                                 .result_url = "https://hub.example.com/r",
                                 .sign = dingding::sign_policy::required,
                                 .base_url = "http://127.0.0.1:9101/openapi/v1",
                                 .client_id = "demo",
                                 .client_secret = secret(std::string(hidden_secret))});
}

const lock_cloud& cloud_of(std::string_view vendor) {
    static const auto dingding = make_cloud("dingding"), gateway = make_cloud("gateway"), yeeuu = make_cloud("yeeuu");
    if (vendor == "gateway") return *gateway;
    return vendor == "yeeuu" ? *yeeuu : *dingding;
}

std::string_view take_until(std::string_view& text, char end) {
    const auto at = std::min(text.find(end), text.size());
    const auto taken = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

void check_request(const lock_cloud& cloud, const vendor_method& method, std::string_view text) {
    const auto fields = wire::form::parse(text);
    if (!fields) return;
    const access_token token{secret("fuzz-token"), from_unix_ms(1760000000000)};
    const auto request = cloud.encode_method(method, *fields, token, from_unix_ms(1760000000000), "abcd1234");
    if (request) {
        require(request->url.starts_with("http"), "a request goes somewhere");
        require(request->method == method.http_method, "a request goes by the method the document names");
        return;
    }
    require(!request.error().message.empty(), "a refusal says why");
    // The name of a field nobody knows is shown as it came.
    const auto is_a_name = [&](std::string_view value) {
        return std::ranges::any_of(fields->fields(), [&](const auto& field) { return field.first.contains(value); });
    };
    for (const auto& parameter : method.parameters) {
        const auto value = fields->find(parameter.name).value_or("");
        require(!parameter.secret || value.size() < shortest_secret || is_a_name(value) ||
                    request.error().message.find(value) == std::string::npos,
                "a refusal never shows a secret");
    }
}

void check_answer(const lock_cloud& cloud, const vendor_method& method, std::string_view text) {
    if (text.empty()) return;
    wire::http_response response;
    response.status = statuses[static_cast<unsigned char>(text.front()) % statuses.size()];
    response.body = text.substr(1);
    const auto answer = cloud.decode_method(method, response);
    require(answer.what != method_answer::outcome::done || response.status == 200, "no success without HTTP 200");
    require(answer.message.find(hidden_secret) == std::string::npos, "no message repeats the secret");
    require(!to_string(answer.what).empty(), "an outcome has a name");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto& cloud = cloud_of(take_until(text, ' '));
    const auto name = take_until(text, ' ');
    const auto methods = cloud.methods();
    const auto found = std::ranges::find(methods, name, &vendor_method::name);
    const auto& method = found == methods.end() ? methods[size % methods.size()] : *found;
    check_request(cloud, method, take_until(text, '\n'));
    check_answer(cloud, method, text);
    return 0;
}
