// Any bytes as the reply to every call and to every question. The first byte picks the HTTP status.
#include <array>
#include <cstdint>

#include "schemas/gateway/cloud.hpp"
#include "tests/fuzz/require.hpp"

using namespace lockhub;
using lockhub::fuzz::require;

namespace {

constexpr std::array statuses{200, 200, 200, 400, 401, 404, 429, 500};
constexpr std::string_view hidden_secret = "hidden-secret", hidden_pin = "48291377";

void require_hidden(std::string_view message) {
    require(message.find(hidden_secret) == std::string_view::npos, "no message repeats the secret");
    require(message.find(hidden_pin) == std::string_view::npos, "no message repeats the PIN");
}

void check_reply(const lock_cloud& cloud, const vendor_command& command, const wire::http_response& response) {
    const auto reply = cloud.decode(command, response, {});
    require(!std::holds_alternative<reply::accepted>(reply), "a gateway answers at once");
    require(!std::holds_alternative<reply::renew_token>(reply), "a gateway has no tokens");
    if (const auto* done = std::get_if<reply::done>(&reply)) {
        require(response.status == 200, "no success without HTTP 200");
        const auto percent = done->facts.battery_percent.value_or(0);
        require(percent >= 0 && percent <= 100, "a battery has 0 to 100 percent");
        require(command.verb != command_verb::read_card || !done->facts.card->card_id.empty(), "a read card has an id");
    }
    if (const auto* rejected = std::get_if<reply::rejected>(&reply)) {
        require(!rejected->message.empty(), "a rejection says why");
        require(!rejected->online.value_or(false), "no refusal says that a lock is on line");
        require_hidden(rejected->message);
    }
    if (const auto* again = std::get_if<reply::retry>(&reply)) require_hidden(again->message);
}

void check_probe(const lock_cloud& cloud, const vendor_command& command, const wire::http_response& response) {
    const auto said = cloud.decode_probe(command, response);
    require(!std::holds_alternative<probe::absent>(said), "no answer proves that nothing was done");
    require(!std::holds_alternative<probe::failed>(said), "no answer proves that the first call failed");
    require(response.status == 200 || !std::holds_alternative<probe::done>(said), "no finding without HTTP 200");
    if (const auto* undecided = std::get_if<probe::undecided>(&said)) require_hidden(undecided->message);
    if (const auto* unclear = std::get_if<probe::unclear>(&said)) require_hidden(unclear->message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto cloud = gateway::make_cloud(
        {.account = account_id("gw-1"), .appid = "app-1", .appsecret = secret(std::string(hidden_secret))});
    if (size == 0) return 0;
    wire::http_response response;
    response.status = statuses[data[0] % statuses.size()];
    response.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
    for (std::size_t verb = 0; verb <= static_cast<std::size_t>(command_verb::lose_cards); ++verb) {
        vendor_command command;
        command.verb = static_cast<command_verb>(verb);
        if (!cloud->traits().verbs.has(command.verb)) continue;
        command.lock_uuid = "775032240849920";
        command.credential_ref = "7";
        command.pin = secret(std::string(hidden_pin));
        command.valid_from = parse_china_time("2023-02-04 10:00:00");
        command.valid_until = parse_china_time("2023-02-05 12:00:00");
        command.card.card_id = "03F56240";
        check_reply(*cloud, command, response);
        if (cloud->encode_probe(command, {}, {}, "")) check_probe(*cloud, command, response);
    }
    return 0;
}
