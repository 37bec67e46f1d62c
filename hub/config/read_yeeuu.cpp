#include <fmt/format.h>

#include <algorithm>

#include "hub/config/checks.hpp"
#include "hub/config/sections.hpp"

namespace lockhub::hub {

namespace {

using namespace std::chrono_literals;

// Three calls a lock at least.
constexpr duration shortest_poll = 5s;

bool is_number(std::string_view text) {
    constexpr std::size_t fewest_digits = 5, most_digits = 20;
    if (text.starts_with('+')) text.remove_prefix(1);
    return text.size() >= fewest_digits && text.size() <= most_digits &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void check_mobile(section& in, std::string_view key, const std::string& number) {
    if (!number.empty() && !is_number(number))
        in.problem(key, fmt::format("'{}' must be a mobile number of digits, such as \"13000000000\"", key));
}

}  // namespace

void read_yeeuu(const setting& table, yeeuu_config& into, findings& found) {
    section in(table, "[[yeeuu]]", found.problems);
    auto& account = into.account;
    into.location = in.at().text();
    read_account_name(in, account.account);
    if (in.has("base_url") && read_base_url(in, account.base_url))
        into.private_addresses = names_private_host(account.base_url);
    in.read("private_addresses", into.private_addresses);
    read_call_rates(in, into.rates);
    in.require("partner_id", account.partner_id);
    read_secret(in, "secret", "secret_file", account.key, found);
    in.require("guest_mobile", account.guest_mobile);
    in.require("manage_mobile", account.manage_mobile);
    in.read("operator_mobile", account.operator_mobile);
    check_mobile(in, "guest_mobile", account.guest_mobile);
    check_mobile(in, "manage_mobile", account.manage_mobile);
    check_mobile(in, "operator_mobile", account.operator_mobile);
    if (!account.guest_mobile.empty() && account.guest_mobile == account.manage_mobile)
        in.problem("manage_mobile",
                   "'manage_mobile' must differ from 'guest_mobile': 云柚 keeps one PIN a door and number");
    if (in.read("log_poll_every", into.log_poll_every, 0s, 24h) && into.log_poll_every != 0s &&
        into.log_poll_every < shortest_poll)
        in.problem("log_poll_every", "'log_poll_every' must be \"5s\" at least, or \"0\" for never");
    in.finish();
}

}  // namespace lockhub::hub
