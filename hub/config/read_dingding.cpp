#include <fmt/format.h>

#include <array>

#include "hub/config/checks.hpp"
#include "hub/config/sections.hpp"

namespace lockhub::hub {

void read_dingding(const setting& table, dingding_config& into, findings& found) {
    static constexpr std::array<std::string_view, 2> policies{"required", "if_present"};
    section in(table, "[[dingding]]", found.problems);
    auto& account = into.account;
    into.location = in.at().text();
    in.require("account", account.account.value);
    if (account.account.value.size() > limits::id_bytes)
        in.problem("account", fmt::format("'account' must have {} bytes at most", limits::id_bytes));
    read_url(in, "event_url", true, account.event_url);
    read_url(in, "result_url", true, account.result_url);
    if (std::string policy; read_word(in, "sign", policies, policy))
        account.sign = policy == "required" ? dingding::sign_policy::required : dingding::sign_policy::if_present;
    if (read_url(in, "base_url", true, account.base_url)) {
        const auto parts = parse_http_url(account.base_url);
        if (parts->has_query) in.problem("base_url", "'base_url' must not have a '?' part");
        while (account.base_url.ends_with('/')) account.base_url.pop_back();
        // Whoever writes such an address means it; only names are left to the address guard.
        into.private_addresses = is_private_host(parts->host);
    }
    in.read("private_addresses", into.private_addresses);
    in.require("client_id", account.client_id);
    read_secret(in, "client_secret", "client_secret_file", account.client_secret, found);
    in.read("phone_number", account.phone_number);
    read_networks(in, "allow_from", into.allow_from);
    in.finish();
}

}  // namespace lockhub::hub
