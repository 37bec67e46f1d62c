#include <fmt/format.h>

#include <array>
#include <map>

#include "hub/config/checks.hpp"
#include "hub/config/sections.hpp"

namespace lockhub::hub {

namespace {

void read_reader(const setting& table, card_reader_config& into, findings& found) {
    section in(table, "[[gateway.reader]]", found.problems);
    in.require("id", into.id);
    if (into.id.size() > limits::id_bytes)
        in.problem("id", fmt::format("'id' must have {} bytes at most", limits::id_bytes));
    in.read("nickname", into.nickname);
    if (into.nickname.size() > limits::name_bytes)
        in.problem("nickname", fmt::format("'nickname' must have {} bytes at most", limits::name_bytes));
    in.finish();
}

void read_readers(section& in, std::vector<card_reader_config>& into, findings& found) {
    std::map<std::string, std::string> first;
    for (const auto* table : in.tables("reader")) {
        auto& reader = into.emplace_back();
        read_reader(*table, reader, found);
        if (reader.id.empty()) continue;
        const auto [earlier, fresh] = first.emplace(reader.id, table->at.text());
        if (!fresh)
            found.problems.add(table->at,
                               fmt::format("card reader '{}' stands at {} already", reader.id, earlier->second));
    }
}

}  // namespace

void read_gateway(const setting& table, gateway_config& into, findings& found) {
    static constexpr std::array<std::string_view, 2> bodies{"form", "json"};
    section in(table, "[[gateway]]", found.problems);
    auto& account = into.account;
    into.location = in.at().text();
    read_account_name(in, account.account);
    if (read_base_url(in, account.base_url)) into.private_addresses = names_private_host(account.base_url);
    in.read("private_addresses", into.private_addresses);
    read_call_rates(in, into.rates);
    in.require("appid", account.appid);
    read_secret(in, "appsecret", "appsecret_file", account.appsecret, found);
    if (std::string body; read_word(in, "body", bodies, body))
        account.body = body == "json" ? gateway::body_format::json : gateway::body_format::form;
    read_readers(in, into.readers, found);
    in.read("pms", into.pms);
    in.read("hotel_no", into.hotel_no);
    if (into.pms.empty() != into.hotel_no.empty())
        found.problems.add(in.at(into.pms.empty() ? "hotel_no" : "pms"), "'pms' and 'hotel_no' go together");
    if (!into.readers.empty() && into.pms.empty() && into.hotel_no.empty())
        found.problems.add(in.at(), "[[gateway]] with card readers needs 'pms' and 'hotel_no': whose readers they are");
    in.finish();
}

}  // namespace lockhub::hub
