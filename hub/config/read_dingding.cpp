#include <array>

#include "hub/config/sections.hpp"

namespace lockhub::hub {

void read_dingding(const setting& table, dingding_config& into, findings& found) {
    static constexpr std::array<std::string_view, 2> policies{"required", "if_present"};
    section in(table, "[[dingding]]", found.problems);
    auto& account = into.account;
    into.location = in.at().text();
    read_account_name(in, account.account);
    read_url(in, "event_url", true, account.event_url);
    read_url(in, "result_url", true, account.result_url);
    if (std::string policy; read_word(in, "sign", policies, policy))
        account.sign = policy == "required" ? dingding::sign_policy::required : dingding::sign_policy::if_present;
    if (read_base_url(in, account.base_url)) into.private_addresses = names_private_host(account.base_url);
    in.read("private_addresses", into.private_addresses);
    read_call_rates(in, into.rates);
    in.require("client_id", account.client_id);
    read_secret(in, "client_secret", "client_secret_file", account.client_secret, found);
    in.read("phone_number", account.phone_number);
    read_networks(in, "allow_from", into.allow_from);
    in.finish();
}

}  // namespace lockhub::hub
