#pragma once
// The configuration as values: every key has its default here and its comment in deploy/lockhub.toml.
// Precedence: command-line flag, LOCKHUB_* variable, file, default.
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/core/limits.hpp"
#include "schemas/core/result.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/core/time.hpp"
#include "schemas/dingding/cloud.hpp"
#include "schemas/gateway/cloud.hpp"
#include "schemas/yeeuu/cloud.hpp"

namespace lockhub::hub {

struct listen_address {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any free port, printed when listening
};

struct server_config {
    listen_address listen;
    std::filesystem::path tls_certificate;  // both or neither (empty)
    std::filesystem::path tls_key;
    std::vector<std::string> trusted_proxies;  // CIDR; their X-Forwarded-For is believed
    std::size_t max_connections = limits::connections;
    std::size_t max_connections_per_address = limits::connections_per_address;
};

struct storage_config {
    std::filesystem::path path = "var/lockhub.db";
    // Default: beside the database, "lockhub.key", made at first start (0600). Never empty once read.
    std::filesystem::path seal_key_file;
    duration retention = std::chrono::hours(24 * 180);  // final deliveries older than this are expunged; 0: never
};

struct operator_config {
    std::filesystem::path socket;      // unix socket of the operator API; default: beside the database, "lockhub.sock"
    std::filesystem::path token_file;  // default: beside the database, "operator.token", made at first start (0600)
};

struct log_config {
    std::string level = "info";   // debug, info, warn, error
    std::string format = "auto";  // auto (text on a terminal, else json), text, json
    bool core_dumps = false;      // true: a crash may write memory, PINs and keys with it, to the disk
};

struct dispatch_config {
    std::vector<duration> retry_schedule;  // default: DESIGN 4's ten steps
    duration callback_timeout = limits::callback_timeout;
    duration vendor_timeout = limits::vendor_timeout;
    duration result_poll_after = std::chrono::seconds(60);
    duration result_expires_after = std::chrono::minutes(15);
    duration doubt_ends_after = std::chrono::hours(24);  // a lost reply nobody could clear up by then
};

struct lockapi_config {
    duration state_refresh_age = std::chrono::minutes(10);  // what is known of a lock, older: its cloud is asked
    duration log_refresh_age = std::chrono::minutes(1);     // what its cloud's log said, older: it is asked again
    bool show_pins_in_log = false;                          // queryLockLog names the PIN a door was opened with
};

// How much a lock cloud's account is asked at a time.
struct call_rates_config {
    std::size_t calls_at_once = 0;     // commands and questions together; 0: eight of each
    std::size_t calls_per_second = 0;  // 0: no ceiling
    std::size_t calls_per_gateway = 1;
};

struct reconcile_config {
    duration every = std::chrono::minutes(30);  // between comparisons of one lock; 0: only when an operator says so
    bool repair = true;
};

struct dingding_config {
    dingding::account_settings account;
    call_rates_config rates;
    bool private_addresses = false;       // true too when base_url itself names a private or loopback address
    std::vector<std::string> allow_from;  // CIDR; empty: anyone
    std::string location;                 // "lockhub.toml:14", for messages
};

struct card_reader_config {
    std::string id;  // readCardId of document 000
    std::string nickname;
};

struct gateway_config {
    gateway::account_settings account;
    // One program on one PC, with one card reader's port: what comes together would wait there, and time out.
    call_rates_config rates{.calls_at_once = 1};
    bool private_addresses = false;  // true too when base_url itself names a private or loopback address
    std::string pms, hotel_no;       // whose readers these are; empty without readers
    std::vector<card_reader_config> readers;
    std::string location;
};

struct yeeuu_config {
    yeeuu::account_settings account;
    call_rates_config rates;
    duration log_poll_every = std::chrono::minutes(1);  // of each lock that serves a room; 0: never
    bool private_addresses = false;  // true too when base_url itself names a private or loopback address
    std::string location;
};

struct pms_config {
    std::string id;
    bool enabled = true;
    secret key;
    bool sign_callbacks = true;
    bool allow_legacy_hmac = false;
    bool private_addresses = false;
    std::string password_url, event_url, make_card_url, query_card_url, return_card_url;
    std::vector<std::string> events;  // unified names or "lock.*"; default: all of DESIGN 5 but vendor.other
    std::string hotels_url, room_types_url, rooms_url;  // all or none
    duration directory_sync_every{};                    // 0: only when an operator says so
    std::string location;
};

// One problem, with file, line and reason; unknown keys carry a suggestion ("unknown key 'listn', did you mean
// 'listen'?").
struct config_problem {
    std::string where;  // "lockhub.toml:3"
    std::string what;
    std::string text() const { return where + ": " + what; }
};

struct config {
    std::filesystem::path file;  // where it was read from; empty: defaults
    server_config server;
    storage_config storage;
    operator_config operators;
    log_config log;
    dispatch_config dispatch;
    lockapi_config lockapi;
    reconcile_config reconcile;
    std::vector<dingding_config> dingding;
    std::vector<gateway_config> gateway;
    std::vector<yeeuu_config> yeeuu;
    std::vector<pms_config> pms;
    std::vector<config_problem> warnings;  // worth a line in the log, no reason not to run
};

using environment = std::vector<std::pair<std::string, std::string>>;
environment process_environment();

// Reads and checks everything, secrets by `*_file` too; nothing is created. All problems at once, in the order of the
// file, not the first alone. Relative paths are relative to the working directory; a relative `*_file` (and tls_key) is
// looked for in $CREDENTIALS_DIRECTORY first. LOCKHUB_<SECTION>_<KEY> of the environment wins over the file for the
// keys of [server], [storage], [operator], [log], [dispatch], [lockapi] and [reconcile] that are not lists.
std::expected<config, std::vector<config_problem>> load_config(const std::filesystem::path& file);
std::expected<config, std::vector<config_problem>> parse_config(std::string_view text,
                                                                const std::filesystem::path& file,
                                                                const environment& variables = {});

// deploy/lockhub.toml as it was when the program was built.
std::string_view default_config_text();

}  // namespace lockhub::hub
