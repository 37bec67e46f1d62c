// Any bytes as the reply to every call and to every question. The first byte picks the HTTP status.
#include <array>
#include <cstdint>

#include "schemas/yeeuu/cloud.hpp"
#include "schemas/yeeuu/reply.hpp"
#include "tests/fuzz/require.hpp"

using namespace lockhub;
using lockhub::fuzz::require;

namespace {

constexpr std::array statuses{200, 200, 200, 400, 401, 404, 429, 500};
constexpr std::string_view hidden_secret = "hidden-secret", hidden_pin = "48291377";

void require_hidden(std::string_view message) {
    require(!message.empty(), "whatever is not done says why");
    require(message.find(hidden_secret) == std::string_view::npos, "no message repeats the secret");
    require(message.find(hidden_pin) == std::string_view::npos, "no message repeats the PIN");
}

void check_reply(const lock_cloud& cloud, const vendor_command& command, const wire::http_response& response) {
    const auto reply = cloud.decode(command, response, {});
    require(!std::holds_alternative<reply::accepted>(reply), "云柚 answers at once");
    require(!std::holds_alternative<reply::renew_token>(reply), "云柚 has no tokens to renew");
    if (const auto* done = std::get_if<reply::done>(&reply)) {
        require(response.status == 200, "no success without HTTP 200");
        require(changes_lock(command.verb) == !done->facts.credential_ref.empty(), "a PIN stands under a number");
        for (const auto& opening : done->facts.openings) {
            require(opening.source == 2 || (opening.source >= 100 && opening.source < 200), "a source is one we know");
        }
    }
    if (const auto* rejected = std::get_if<reply::rejected>(&reply)) require_hidden(rejected->message);
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
    static const auto cloud = yeeuu::make_cloud({.account = account_id("yy-1"),
                                                 .partner_id = "p1",
                                                 .key = secret(std::string(hidden_secret)),
                                                 .guest_mobile = "13000000001",
                                                 .manage_mobile = "13000000002",
                                                 .operator_mobile = ""});
    if (size == 0) return 0;
    wire::http_response response;
    response.status = statuses[data[0] % statuses.size()];
    response.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
    for (const auto verb :
         {command_verb::set_pin, command_verb::replace_pin, command_verb::remove_pin, command_verb::read_log}) {
        vendor_command command;
        command.verb = verb;
        command.lock_uuid = "x0001/甲";
        command.cloud_home_id = "B01";
        command.credential_ref = "13000000001";
        command.pin = secret(std::string(hidden_pin));
        command.page.count = 10;
        check_reply(*cloud, command, response);
        if (changes_lock(verb)) check_probe(*cloud, command, response);
    }
    const auto count = yeeuu::read_page_count(yeeuu::read_reply(response, {}).body);
    require(!count || *count >= 0, "there are no fewer than no pages");
    return 0;
}
