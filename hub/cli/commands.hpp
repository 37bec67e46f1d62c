#pragma once
// The commands, each group in its own file. They take plain options (cli.cpp fills them) and return what to print.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hub/cli/printed.hpp"

namespace lockhub::hub {

struct common_options {
    std::filesystem::path config;    // "": see find_config
    std::filesystem::path database;  // overrides the configured one, for reading
    bool json = false;
    std::size_t limit = 50;
};

struct outbox_options {
    std::vector<std::int64_t> ids;
    std::string state, pms, hotel, room, action, event, error_name, since, until;
    std::string reason;
    bool yes = false;
    bool dry_run = false;
};

struct action_options {
    std::string id;
    std::string state;
    std::string reason;
    bool succeeded = false;
    bool failed = false;
};

struct directory_options {
    std::filesystem::path file;
    std::string pms, hotel;
    bool dry_run = false;
};

struct vendor_options {
    std::string account, method;
    std::vector<std::string> fields;  // "key=value"; "key=@file" reads it, "key=@@text" is a text that begins with @
    bool yes = false;
    bool dry_run = false;
};

// sync, bind, unbind and suggest.
struct binding_options {
    std::string pms, hotel, room, service, account, lock, home, cloud_room;
    bool apply = false;  // suggest
    bool dry_run = false;
    bool yes = false;
};

struct drift_options {
    std::string pms, hotel, room, state, reason;
    std::int64_t id = 0;
};

struct provision_options {
    std::string hotel, pms, cloud, home;
    std::vector<std::string> details;  // "key=value"
    bool prune = false;
    bool yes = false;
    bool dry_run = false;
};

struct orders_options {
    std::string cloud, home;
    std::vector<std::string> fields;  // "key=value"
    bool yes = false;
    bool dry_run = false;
};

printed serve(const common_options& common, const std::string& listen);
printed config_check(const common_options& common);
printed config_default();
printed outbox_list(const common_options& common, const outbox_options& options);
printed outbox_show(const common_options& common, const outbox_options& options);
printed outbox_explain(const common_options& common, const outbox_options& options);
printed outbox_change(const common_options& common, const outbox_options& options, const std::string& verb);
printed action_list(const common_options& common, const action_options& options);
printed action_show(const common_options& common, const action_options& options);
printed action_decide(const common_options& common, const action_options& options);
printed directory_import(const common_options& common, const directory_options& options);
printed directory_list(const common_options& common, const directory_options& options);
printed directory_unbound(const common_options& common);
printed secrets_rotate(const common_options& common);
printed vendor_methods(const common_options& common, const vendor_options& options);
printed vendor_call(const common_options& common, const vendor_options& options);
printed provision(const common_options& common, const provision_options& options);
printed orders_list(const common_options& common, const orders_options& options);
printed orders_change(const common_options& common, const orders_options& options, const std::string& method);
printed directory_sync_now(const common_options& common, const binding_options& options);
printed directory_bind(const common_options& common, const binding_options& options, bool unbind);
printed directory_suggest(const common_options& common, const binding_options& options);
printed drift_list(const common_options& common, const drift_options& options);
printed drift_check(const common_options& common, const drift_options& options);
printed drift_change(const common_options& common, const drift_options& options, const std::string& verb);
printed backup(const common_options& common, const std::filesystem::path& target);
printed status(const common_options& common);
printed print_version();

}  // namespace lockhub::hub
