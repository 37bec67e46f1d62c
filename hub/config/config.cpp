#include "hub/config/config.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <tuple>

#include "hub/config/checks.hpp"
#include "hub/config/secret_files.hpp"
#include "hub/config/sections.hpp"
#include "schemas/core/suggestions.hpp"

namespace lockhub::hub {

namespace {

// Paths the hub serves itself; a push URL may not stand in their way.
constexpr std::array<std::string_view, 5> own_paths{"/lockapi/", "/operator/", "/healthz", "/readyz", "/metrics"};
constexpr std::array<std::string_view, 11> section_names{
    "server", "storage", "operator", "log", "dispatch", "lockapi", "reconcile", "dingding", "gateway", "yeeuu", "pms"};

template <class Values>
void read_table(const setting& document, std::string_view name, Values& into,
                void (*read)(const setting&, Values&, findings&), findings& found) {
    const setting empty = empty_table(document.at);
    const setting* table = document.find(name);
    if (table != nullptr && table->type != setting::kind::table) {
        found.problems.add(table->at, fmt::format("'{0}' must be a section: write [{0}]", name));
        return;
    }
    read(table == nullptr ? empty : *table, into, found);
}

template <class Values>
void read_tables(const setting& document, std::string_view name, std::vector<Values>& into,
                 void (*read)(const setting&, Values&, findings&), findings& found) {
    const setting* list = document.find(name);
    if (list == nullptr) return;
    const bool tables = list->type == setting::kind::list && std::ranges::all_of(list->items, [](const setting& item) {
                            return item.type == setting::kind::table;
                        });
    if (!tables) {
        found.problems.add(list->at,
                           fmt::format("'{0}' must be a list of sections: write [[{0}]], with two brackets", name));
        return;
    }
    for (const auto& table : list->items) read(table, into.emplace_back(), found);
}

const setting& at_of(const setting& document, std::string_view section_name, std::size_t index, std::string_view key) {
    const setting& table = document.find(section_name)->items.at(index);
    const setting* found = table.find(key);
    return found == nullptr ? table : *found;
}

// Accounts of every lock cloud share one space of names: the directory refers to them by it.
void check_account_names(const setting& document, const config& read, findings& found) {
    std::map<std::string, std::string> first;
    const auto check = [&](std::string_view section_name, std::size_t index, const account_id& account,
                           const std::string& location) {
        if (account.value.empty()) return;
        const auto [earlier, fresh] = first.emplace(account.value, location);
        if (!fresh)
            found.problems.add(at_of(document, section_name, index, "account").at,
                               fmt::format("account '{}' stands at {} already", account.value, earlier->second));
    };
    for (std::size_t i = 0; i < read.dingding.size(); ++i)
        check("dingding", i, read.dingding[i].account.account, read.dingding[i].location);
    for (std::size_t i = 0; i < read.gateway.size(); ++i)
        check("gateway", i, read.gateway[i].account.account, read.gateway[i].location);
    for (std::size_t i = 0; i < read.yeeuu.size(); ++i)
        check("yeeuu", i, read.yeeuu[i].account.account, read.yeeuu[i].location);
}

void check_push_paths(const setting& document, const config& read, findings& found) {
    std::map<std::string, std::string> first_path;
    for (std::size_t i = 0; i < read.dingding.size(); ++i) {
        const auto& one = read.dingding[i];
        for (const auto& [key, url] :
             {std::pair("event_url", &one.account.event_url), std::pair("result_url", &one.account.result_url)}) {
            const auto parts = parse_http_url(*url);
            if (!parts) continue;
            const auto& at = at_of(document, "dingding", i, key).at;
            const auto [earlier, fresh] = first_path.emplace(parts->path, one.location);
            if (!fresh && earlier->second != one.location)
                found.problems.add(at, fmt::format("the path of '{}', {}, is taken by the account at {}", key,
                                                   parts->path, earlier->second));
            const bool taken =
                std::ranges::any_of(own_paths, [&](std::string_view own) { return parts->path.starts_with(own); });
            if (taken)
                found.problems.add(at,
                                   fmt::format("the path of '{}', {}, is one the hub serves itself", key, parts->path));
        }
        const auto event = parse_http_url(one.account.event_url), outcome = parse_http_url(one.account.result_url);
        if (event && outcome && event->path == outcome->path && one.account.event_url != one.account.result_url)
            found.problems.add(
                at_of(document, "dingding", i, "result_url").at,
                "'event_url' and 'result_url' differ but have one path: the sign could not be told apart");
    }
}

// A PMS names a reader by hotel and id: that must name one.
void check_card_readers(const setting& document, const config& read, findings& found) {
    std::map<std::tuple<std::string, std::string, std::string>, std::string> first;
    for (std::size_t i = 0; i < read.gateway.size(); ++i) {
        const auto& one = read.gateway[i];
        if (!one.pms.empty() && std::ranges::find(read.pms, one.pms, &pms_config::id) == read.pms.end())
            found.problems.add(at_of(document, "gateway", i, "pms").at,
                               fmt::format("'{}' in 'pms' is the id of no [[pms]] section", one.pms));
        for (const auto& reader : one.readers) {
            const auto [earlier, fresh] = first.emplace(std::tuple(one.pms, one.hotel_no, reader.id), one.location);
            if (!fresh && earlier->second != one.location)
                found.problems.add(at_of(document, "gateway", i, "reader").at,
                                   fmt::format("card reader '{}' of hotel {} belongs to the account at {} already",
                                               reader.id, one.hotel_no, earlier->second));
        }
    }
}

void check_pms(const setting& document, const config& read, findings& found) {
    std::map<std::string, std::string> first;
    for (std::size_t i = 0; i < read.pms.size(); ++i) {
        const auto& one = read.pms[i];
        if (one.id.empty()) continue;
        const auto [earlier, fresh] = first.emplace(one.id, one.location);
        if (!fresh)
            found.problems.add(at_of(document, "pms", i, "id").at,
                               fmt::format("pms '{}' stands at {} already", one.id, earlier->second));
    }
}

// The files lockhub makes itself are 0600; when somebody widened that, starting on would hide it.
void check_generated(const std::filesystem::path& file, const setting& document, std::string_view section_name,
                     std::string_view key, findings& found) {
    if (!readable_by_others(file)) return;
    const auto directory =
        std::ranges::find(found.variables, "CREDENTIALS_DIRECTORY", &std::pair<std::string, std::string>::first);
    if (directory != found.variables.end() && file.parent_path() == directory->second) return;
    const setting* table = document.find(section_name);
    const setting* written = table == nullptr ? nullptr : table->find(key);
    found.problems.add(written == nullptr ? document.at : written->at,
                       fmt::format("secret file {} may be read by others: chmod 600 {}", file.string(), file.string()));
}

void fill_defaults(config& settings) {
    using namespace std::chrono_literals;
    const auto folder = settings.storage.path.parent_path();
    if (settings.storage.seal_key_file.empty()) settings.storage.seal_key_file = folder / "lockhub.key";
    if (settings.operators.socket.empty()) settings.operators.socket = folder / "lockhub.sock";
    if (settings.operators.token_file.empty()) settings.operators.token_file = folder / "operator.token";
    if (settings.dispatch.retry_schedule.empty())
        settings.dispatch.retry_schedule = {8s, 15s, 30s, 2min, 10min, 30min, 2h, 6h, 12h, 24h};
}

void check_inline_secrets(const setting& document, const std::filesystem::path& file, findings& found) {
    const auto holds_secret = [](const setting* list, std::string_view key) {
        return list != nullptr &&
               std::ranges::any_of(list->items, [&](const setting& table) { return table.find(key) != nullptr; });
    };
    if (!holds_secret(document.find("dingding"), "client_secret") &&
        !holds_secret(document.find("gateway"), "appsecret") && !holds_secret(document.find("yeeuu"), "secret") &&
        !holds_secret(document.find("pms"), "key"))
        return;
    if (readable_by_others(file))
        found.warnings.add(document.at,
                           "holds secrets and may be read by others: chmod 600, or keep them in *_file files");
}

}  // namespace

std::expected<config, std::vector<config_problem>> parse_config(std::string_view text,
                                                                const std::filesystem::path& file,
                                                                const environment& variables) {
    auto document = read_document(text, file);
    if (!document) return std::unexpected(std::vector{document.error()});
    override_from_environment(*document, variables);

    config settings;
    settings.file = file;
    findings found{variables, {}, {}};
    read_table(*document, "server", settings.server, read_server, found);
    read_table(*document, "storage", settings.storage, read_storage, found);
    read_table(*document, "operator", settings.operators, read_operators, found);
    read_table(*document, "log", settings.log, read_log, found);
    read_table(*document, "dispatch", settings.dispatch, read_dispatch, found);
    read_table(*document, "lockapi", settings.lockapi, read_lockapi, found);
    read_table(*document, "reconcile", settings.reconcile, read_reconcile, found);
    read_tables(*document, "dingding", settings.dingding, read_dingding, found);
    read_tables(*document, "gateway", settings.gateway, read_gateway, found);
    read_tables(*document, "yeeuu", settings.yeeuu, read_yeeuu, found);
    read_tables(*document, "pms", settings.pms, read_pms, found);
    for (const auto& [name, value] : document->members) {
        if (std::ranges::find(section_names, name) == section_names.end())
            found.problems.add(value.at,
                               fmt::format("unknown section '{}'{}", name, did_you_mean(name, section_names)));
    }
    fill_defaults(settings);
    check_account_names(*document, settings, found);
    check_push_paths(*document, settings, found);
    check_pms(*document, settings, found);
    check_card_readers(*document, settings, found);
    check_generated(settings.storage.seal_key_file, *document, "storage", "seal_key_file", found);
    check_generated(settings.operators.token_file, *document, "operator", "token_file", found);
    check_inline_secrets(*document, file, found);
    if (!found.problems.empty()) return std::unexpected(found.problems.sorted());
    settings.warnings = found.warnings.sorted();
    return settings;
}

std::expected<config, std::vector<config_problem>> load_config(const std::filesystem::path& file) {
    const auto refuse = [&](std::string what) {
        return std::unexpected(std::vector{config_problem{file.string(), std::move(what)}});
    };

    std::error_code ec;
    const auto size = std::filesystem::file_size(file, ec);
    if (ec) return refuse(fmt::format("cannot be read: {}", ec.message()));
    if (size > limits::config_file_bytes)
        return refuse(fmt::format("is larger than {} bytes", limits::config_file_bytes));
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (size != 0) text << in.rdbuf();
    if (!in || !text) return refuse("cannot be read");
    return parse_config(text.str(), file, process_environment());
}

environment process_environment() {
    environment variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

}  // namespace lockhub::hub
