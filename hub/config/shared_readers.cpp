#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "hub/config/checks.hpp"
#include "hub/config/secret_files.hpp"
#include "hub/config/sections.hpp"
#include "schemas/core/suggestions.hpp"

namespace lockhub::hub {

void read_secret(section& in, std::string_view key, std::string_view file_key, secret& into, findings& found) {
    std::string inline_text;
    std::filesystem::path named;
    const bool has_text = in.read(key, inline_text);
    const bool has_file = in.read(file_key, named);
    if (in.has(key) && in.has(file_key)) {
        in.problem(file_key, fmt::format("'{}' and '{}' are both there: keep one", key, file_key));
        return;
    }
    if (!in.has(key) && !in.has(file_key)) {
        found.problems.add(in.at(), fmt::format("{} needs '{}' or '{}'", in.title(), key, file_key));
        return;
    }
    if (has_text) {
        if (inline_text.empty()) in.problem(key, fmt::format("'{}' is empty", key));
        into = secret(std::move(inline_text));
        return;
    }
    if (!has_file) return;
    const auto file = find_secret_file(named, found.variables);
    auto text = read_secret_file(file);
    if (!text) {
        in.problem(file_key, text.error().message);
        return;
    }
    // Files found through $CREDENTIALS_DIRECTORY are guarded by their folder.
    if (file == named && readable_by_others(file))
        found.warnings.add(in.at(file_key),
                           fmt::format("secret file {} may be read by others: chmod 600", file.string()));
    into = *std::move(text);
}

bool read_url(section& in, std::string_view key, bool required, std::string& into) {
    std::string text;
    if (required ? !in.require(key, text) : !in.read(key, text)) return false;
    if (const auto parts = parse_http_url(text); !parts) {
        in.problem(key, fmt::format("'{}' {}", key, parts.error().message));
        return false;
    }
    into = std::move(text);
    return true;
}

void read_account_name(section& in, account_id& into) {
    in.require("account", into.value);
    if (into.value.size() > limits::id_bytes)
        in.problem("account", fmt::format("'account' must have {} bytes at most", limits::id_bytes));
}

bool read_base_url(section& in, std::string& into) {
    if (!read_url(in, "base_url", true, into)) return false;
    if (parse_http_url(into)->has_query) in.problem("base_url", "'base_url' must not have a '?' part");
    while (into.ends_with('/')) into.pop_back();
    return true;
}

void read_call_rates(section& in, call_rates_config& into) {
    in.read("calls_at_once", into.calls_at_once, 1, limits::commands_in_flight);
    in.read("calls_per_second", into.calls_per_second, 0, limits::rate_ceiling);
    in.read("calls_per_gateway", into.calls_per_gateway, 1, limits::commands_in_flight);
}

bool names_private_host(const std::string& url) {
    const auto parts = parse_http_url(url);
    return parts && is_private_host(parts->host);
}

void read_networks(section& in, std::string_view key, std::vector<std::string>& into) {
    std::vector<std::string> networks;
    if (!in.read(key, networks)) return;
    for (std::size_t i = 0; i < networks.size(); ++i) {
        if (is_network(networks[i])) continue;
        in.problems().add(
            in.item_at(key, i),
            fmt::format("'{}' in '{}' is no network such as \"10.0.0.0/8\" or \"fd00::/8\"", networks[i], key));
    }
    into = std::move(networks);
}

bool read_word(section& in, std::string_view key, std::span<const std::string_view> words, std::string& into) {
    std::string word;
    if (!in.read(key, word)) return false;
    if (std::ranges::find(words, word) == words.end()) {
        in.problem(key,
                   fmt::format("'{}' must be one of {}{}", key, fmt::join(words, ", "), did_you_mean(word, words)));
        return false;
    }
    into = std::move(word);
    return true;
}

}  // namespace lockhub::hub
