#pragma once
// One reader a section, each in its own file: key by key from the document into the values, with every check that
// concerns the section alone. What concerns several is checked in config.cpp.
#include <span>

#include "hub/config/config.hpp"
#include "hub/config/section.hpp"

namespace lockhub::hub {

struct findings {
    const environment& variables;
    problem_list problems;
    problem_list warnings;
};

void read_server(const setting& table, server_config& into, findings& found);
void read_storage(const setting& table, storage_config& into, findings& found);
void read_operators(const setting& table, operator_config& into, findings& found);
void read_log(const setting& table, log_config& into, findings& found);
void read_dispatch(const setting& table, dispatch_config& into, findings& found);
void read_lockapi(const setting& table, lockapi_config& into, findings& found);
void read_reconcile(const setting& table, reconcile_config& into, findings& found);
void read_dingding(const setting& table, dingding_config& into, findings& found);
void read_gateway(const setting& table, gateway_config& into, findings& found);
void read_yeeuu(const setting& table, yeeuu_config& into, findings& found);
void read_pms(const setting& table, pms_config& into, findings& found);

// --- used by several of them
// `key` in the file itself, or `file_key` naming a file that holds it; exactly one of both.
void read_secret(section& in, std::string_view key, std::string_view file_key, secret& into, findings& found);
// An absolute http(s) URL; "" stays "" when the key is absent.
bool read_url(section& in, std::string_view key, bool required, std::string& into);
// Of a lock cloud: its account's name; where it is called, without a trailing slash.
void read_account_name(section& in, account_id& into);
bool read_base_url(section& in, std::string& into);
void read_call_rates(section& in, call_rates_config& into);
// Whoever writes such an address means it; only names are left to the address guard.
bool names_private_host(const std::string& url);
// A list of "10.0.0.0/8" and single addresses.
void read_networks(section& in, std::string_view key, std::vector<std::string>& into);
// One of the words; the problem lists them and suggests.
bool read_word(section& in, std::string_view key, std::span<const std::string_view> words, std::string& into);

}  // namespace lockhub::hub
