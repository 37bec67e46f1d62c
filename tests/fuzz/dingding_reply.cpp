// Any bytes as the reply to every call. The first byte picks the HTTP status.
#include <array>
#include <cstdint>

#include "schemas/dingding/cloud.hpp"
#include "tests/fuzz/require.hpp"

using namespace lockhub;
using lockhub::fuzz::require;

namespace {

constexpr std::array statuses{200, 200, 200, 400, 401, 404, 429, 500};

void check_reply(const lock_cloud& cloud, const vendor_command& command, const wire::http_response& response) {
    const auto reply = cloud.decode(command, response, {});
    const bool accepted = std::holds_alternative<reply::accepted>(reply);
    const bool done = std::holds_alternative<reply::done>(reply);
    require(!accepted || changes_lock(command.verb), "only a command that changes a lock waits for a result");
    require(!done || !changes_lock(command.verb), "a command that changes a lock is never done at once");
    require(response.status == 200 || (!accepted && !done), "no success without HTTP 200");
    if (const auto* rejected = std::get_if<reply::rejected>(&reply)) {
        require(rejected->code != 0 && !rejected->message.empty(), "a rejection says why");
    }
    const auto probed = cloud.decode_probe(command, response);
    require(response.status == 200 || std::holds_alternative<probe::unclear>(probed), "no finding without HTTP 200");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto cloud = dingding::make_cloud({.account = account_id("dd-main"),
                                                    .event_url = "https://hub.example.com/e",
                                                    .result_url = "https://hub.example.com/r",
                                                    .sign = dingding::sign_policy::required,
                                                    .base_url = "http://127.0.0.1:9101/openapi/v1",
                                                    .client_id = "demo",
                                                    .client_secret = secret("demo-secret")});
    if (size == 0) return 0;
    wire::http_response response;
    response.status = statuses[data[0] % statuses.size()];
    response.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
    for (int verb = 0; verb <= static_cast<int>(command_verb::read_operation_log); ++verb) {
        vendor_command command;
        command.verb = static_cast<command_verb>(verb);
        if (!cloud->traits().verbs.has(command.verb)) continue;
        command.lock_uuid = "uuid-1";
        command.credential_ref = "1015";
        command.label = "mark";
        check_reply(*cloud, command, response);
    }
    const auto token = cloud->decode_token(response, from_unix_ms(1760000000000));
    require(!token || !token->value.empty(), "a token is not empty");
    return 0;
}
