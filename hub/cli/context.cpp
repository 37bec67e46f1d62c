#include "hub/cli/context.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include "hub/cli/report_json.hpp"
#include "hub/clouds.hpp"
#include "hub/config/durations.hpp"
#include "hub/system/key_files.hpp"
#include "storage/sqlite/open.hpp"

namespace lockhub::hub {

std::filesystem::path find_config(const common_options& common) {
    if (!common.config.empty()) return common.config;
    if (const char* named = std::getenv("LOCKHUB_CONFIG"); named != nullptr && *named != '\0') return named;
    std::error_code ec;
    for (const char* candidate : {"lockhub.toml", "/etc/lockhub/lockhub.toml"})
        if (std::filesystem::exists(candidate, ec)) return candidate;
    return {};
}

result<config> load_settings(const common_options& common) {
    const auto file = find_config(common);
    auto loaded = file.empty() ? parse_config("", "(defaults)", process_environment()) : load_config(file);
    if (loaded) return *std::move(loaded);
    std::string all;
    for (const auto& problem : loaded.error()) all += (all.empty() ? "" : "\nlockhub: ") + problem.text();
    return fail(errc::invalid_input, all);
}

result<std::unique_ptr<storage::reader>> open_database(const common_options& common, const clock& time) {
    if (!common.database.empty()) return storage::open_reader(common.database, time);
    const auto settings = load_settings(common);
    if (!settings) return std::unexpected(settings.error());
    return storage::open_reader(settings->storage.path, time);
}

result<service_client> connect_service(const config& settings, duration timeout) {
    auto token = load_operator_token(settings.operators.token_file);
    if (!token && token.error().code == errc::not_found)
        return fail(errc::not_found, fmt::format("the service cannot be reached: {}", token.error().message));
    if (!token) return std::unexpected(token.error());
    return service_client(settings.operators.socket, *std::move(token), timeout);
}

surroundings look_around(const common_options& common) {
    surroundings around;
    if (!common.database.empty() && common.config.empty()) return around;
    auto settings = load_settings(common);
    if (!settings) return around;
    around.settings = *std::move(settings);
    for (auto& cloud : make_clouds(*around.settings)) around.clouds.push_back(std::move(cloud.codec));
    const auto client = connect_service(*around.settings);
    if (!client) return around;
    const auto answer = client->get("/operator/status");
    if (answer && answer->status == 200) around.service = parse_report(answer->body);
    return around;
}

std::string actor() {
    const char* behind_sudo = std::getenv("SUDO_USER");
    if (behind_sudo != nullptr && *behind_sudo != '\0') return fmt::format("cli:{} (sudo)", behind_sudo);
    const auto* user = ::getpwuid(::getuid());
    return user == nullptr ? fmt::format("cli:uid {}", ::getuid()) : fmt::format("cli:{}", user->pw_name);
}

result<time_point> parse_point(std::string_view option, std::string_view text, time_point now) {
    if (const auto back = parse_duration(text)) return now - *back;
    if (const auto point = parse_china_time(text)) return *point;
    if (const auto day = parse_china_time(std::string(text) + " 00:00:00")) return *day;
    return fail(errc::invalid_input,
                fmt::format("{}: '{}' is no time such as \"2026-11-22 12:00:00\", \"2026-11-22\" or \"2h\" (ago)",
                            option, text));
}

}  // namespace lockhub::hub
