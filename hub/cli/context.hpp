#pragma once
// What most commands need first: the configuration, a reader on the database, a line to the running service.
#include <memory>
#include <string>

#include "hub/cli/commands.hpp"
#include "hub/cli/service_client.hpp"
#include "hub/config/config.hpp"
#include "hub/observe/explain.hpp"
#include "hub/system/system_clock.hpp"
#include "storage/reader.hpp"

namespace lockhub::hub {

// --config, else $LOCKHUB_CONFIG, else ./lockhub.toml, else /etc/lockhub/lockhub.toml, else "" (all defaults).
std::filesystem::path find_config(const common_options& common);
// Every problem on a line of its own in the message.
result<config> load_settings(const common_options& common);

// The configured database, or --db, which needs no configuration at all.
result<std::unique_ptr<storage::reader>> open_database(const common_options& common, const clock& time);

result<service_client> connect_service(const config& settings, duration timeout = std::chrono::seconds(60));

// What an explanation may know beyond the rows: as much of it as can be had.
surroundings look_around(const common_options& common);

// "cli:alice": who is asking, for the audit row.
std::string actor();

// A point in time as people give it: "2026-11-22 12:00:00" or "2026-11-22" (China time), or a duration back from now
// ("2h"). The message of a failure names the option.
result<time_point> parse_point(std::string_view option, std::string_view text, time_point now);

}  // namespace lockhub::hub
