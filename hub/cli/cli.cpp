#include "hub/cli/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>

#include "hub/cli/commands.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/core/suggestions.hpp"

namespace lockhub::hub {

namespace {

// Everything the arguments may fill, and the command they chose.
struct arguments {
    common_options common;
    outbox_options outbox;
    action_options action;
    directory_options directory;
    vendor_options vendor;
    binding_options binding;
    drift_options drift;
    provision_options provision;
    orders_options orders;
    std::string listen;
    std::filesystem::path backup_target;
    std::function<printed()> chosen;
};

CLI::App* group(CLI::App& parent, const std::string& name, const std::string& about) {
    auto* app = parent.add_subcommand(name, about);
    app->require_subcommand(1);
    app->fallthrough();
    return app;
}

CLI::App* command(CLI::App& parent, arguments& given, const std::string& name, const std::string& about,
                  std::function<printed()> run) {
    auto* app = parent.add_subcommand(name, about);
    app->fallthrough();
    app->callback([&given, run = std::move(run)] { given.chosen = run; });
    return app;
}

void add_filters(CLI::App& app, outbox_options& options) {
    app.add_option("ids,--id", options.ids, "Delivery ids")->check(CLI::PositiveNumber);
    app.add_option("--state", options.state, "ready, queued, leased, held, delivered, dead or discarded");
    app.add_option("--pms", options.pms, "PMS id");
    app.add_option("--hotel", options.hotel, "Hotel number");
    app.add_option("--room", options.room, "Room id");
    app.add_option("--action", options.action, "Action id");
    app.add_option("--event", options.event, "Event, such as lock.opened");
    app.add_option("--error", options.error_name, "Error class, such as timeout or refused_by_pms");
    app.add_option("--since", options.since,
                   "Created from: \"2026-11-22 12:00:00\" (China time), \"2026-11-22\" or \"2h\" ago");
    app.add_option("--until", options.until, "Created until, as --since");
}

void add_outbox(CLI::App& root, arguments& given) {
    auto* outbox = group(root, "outbox", "Callbacks to PMS systems: see, explain and repair them");
    add_filters(*command(*outbox, given, "ls", "List deliveries, newest first",
                         [&given] { return outbox_list(given.common, given.outbox); }),
                given.outbox);
    add_filters(*command(*outbox, given, "show", "Everything about deliveries, with their attempts",
                         [&given] { return outbox_show(given.common, given.outbox); }),
                given.outbox);
    add_filters(*command(*outbox, given, "explain", "Why deliveries wait, until when, and what would release them",
                         [&given] { return outbox_explain(given.common, given.outbox); }),
                given.outbox);
    const std::pair<const char*, const char*> verbs[] = {{"retry", "Send again now, with a fresh schedule"},
                                                         {"hold", "Keep from being sent"},
                                                         {"release", "Let held deliveries go on"},
                                                         {"discard", "Give up for good (nothing is deleted)"}};
    for (const auto& [verb, about] : verbs) {
        auto* app = command(*outbox, given, verb, about, [&given, name = std::string(verb)] {
            return outbox_change(given.common, given.outbox, name);
        });
        add_filters(*app, given.outbox);
        app->add_option("--reason", given.outbox.reason, "For the audit row");
        app->add_flag("--yes", given.outbox.yes, "Change more than one delivery without asking");
        app->add_flag("--dry-run", given.outbox.dry_run, "Say what would be changed");
    }
}

void add_action(CLI::App& root, arguments& given) {
    auto* group_app = group(root, "action", "What PMS systems asked for");
    auto* list = command(*group_app, given, "ls", "List actions, newest first",
                         [&given] { return action_list(given.common, given.action); });
    list->add_option("--state", given.action.state, "open, unverifiable, succeeded, failed, expired or superseded");
    auto* show = command(*group_app, given, "show", "An action and what it waits for",
                         [&given] { return action_show(given.common, given.action); });
    show->add_option("id", given.action.id, "Action id")->required();
    auto* decide = command(*group_app, given, "decide", "Settle an unverifiable action after looking at the lock",
                           [&given] { return action_decide(given.common, given.action); });
    decide->add_option("id", given.action.id, "Action id")->required();
    decide->add_flag("--succeeded", given.action.succeeded, "The lock did it");
    decide->add_flag("--failed", given.action.failed, "The lock did not do it");
    decide->add_option("--reason", given.action.reason, "For the audit row");
}

void add_confirmation(CLI::App& app, binding_options& options) {
    app.add_flag("--yes", options.yes, "Do it without asking");
    app.add_flag("--dry-run", options.dry_run, "Show what would change, and nothing more");
}

void add_hotel(CLI::App& app, binding_options& options) {
    app.add_option("--pms", options.pms, "PMS id")->required();
    app.add_option("--hotel", options.hotel, "Hotel number")->required();
    app.add_option("--service", options.service, "password (without the option) or card");
}

void add_bindings(CLI::App& directory, arguments& given) {
    auto& options = given.binding;
    auto* bind = command(directory, given, "bind", "Tie a room to a lock",
                         [&given] { return directory_bind(given.common, given.binding, false); });
    add_hotel(*bind, options);
    bind->add_option("--room", options.room, "Room id")->required();
    bind->add_option("--account", options.account, "Account of the lock cloud, as configured")->required();
    bind->add_option("--lock", options.lock, "The lock's id there (gateway: rm_id)")->required();
    bind->add_option("--home", options.home, "The cloud's home id");
    bind->add_option("--cloud-room", options.cloud_room, "The cloud's room id");
    add_confirmation(*bind, options);
    auto* unbind = command(directory, given, "unbind", "Untie a room from its lock",
                           [&given] { return directory_bind(given.common, given.binding, true); });
    add_hotel(*unbind, options);
    unbind->add_option("--room", options.room, "Room id")->required();
    add_confirmation(*unbind, options);
    auto* suggest = command(directory, given, "suggest", "Match a lock cloud's devices with rooms by their numbers",
                            [&given] { return directory_suggest(given.common, given.binding); });
    add_hotel(*suggest, options);
    suggest->add_option("--account", options.account, "Account of the lock cloud, as configured")->required();
    suggest->add_option("--home", options.home, "The cloud's home id; else those of the hotel's known locks");
    suggest->add_flag("--apply", options.apply, "Bind the rooms that are certain; needs --yes");
    suggest->add_flag("--yes", options.yes, "With --apply: do it");
}

void add_directory(CLI::App& root, arguments& given) {
    auto* directory = group(root, "directory", "Hotels, rooms and their locks");
    auto* import = command(*directory, given, "import", "Add and change rooms from a CSV file: all of it or nothing",
                           [&given] { return directory_import(given.common, given.directory); });
    import->add_option("file", given.directory.file, "CSV with the twelve documented columns")->required();
    import->add_flag("--dry-run", given.directory.dry_run, "Say what would be changed");
    auto* list = command(*directory, given, "ls", "List rooms and their locks",
                         [&given] { return directory_list(given.common, given.directory); });
    list->add_option("--pms", given.directory.pms, "PMS id");
    list->add_option("--hotel", given.directory.hotel, "Hotel number");
    command(*directory, given, "unbound", "Locks that were heard of but belong to no room",
            [&given] { return directory_unbound(given.common); });
    auto* sync =
        command(*directory, given, "sync", "Ask a PMS for its hotels, room types and rooms, and take them over",
                [&given] { return directory_sync_now(given.common, given.binding); });
    sync->add_option("--pms", given.binding.pms, "PMS id")->required();
    add_confirmation(*sync, given.binding);
    add_bindings(*directory, given);
}

void add_vendor(CLI::App& root, arguments& given) {
    auto* vendor = group(root, "vendor", "The lock clouds' own methods, by their own names");
    auto* methods = command(*vendor, given, "methods", "List the methods, or everything about one",
                            [&given] { return vendor_methods(given.common, given.vendor); });
    methods->add_option("account", given.vendor.account, "Account of the configuration; else every lock cloud");
    methods->add_option("method", given.vendor.method, "This method only, with its parameters");
    auto* call = command(*vendor, given, "call", "Call a method through the running service and print the answer",
                         [&given] { return vendor_call(given.common, given.vendor); });
    call->add_option("account", given.vendor.account, "Account of the configuration")->required();
    call->add_option("method", given.vendor.method, "Method, as the lock cloud's document names it")->required();
    call->add_option("fields", given.vendor.fields, "key=value; key=@file takes the file, a picture too");
    call->add_flag("--yes", given.vendor.yes, "Call a method that changes something");
    call->add_flag("--dry-run", given.vendor.dry_run, "Print the request, also as a curl line, and send nothing");
}

void add_drift(CLI::App& root, arguments& given) {
    auto& options = given.drift;
    auto* drift = group(root, "drift", "Where locks differ from what the hub wants on them");
    drift->require_subcommand(0, 1);
    // Runs after a subcommand's own.
    drift->callback([&given, drift] {
        if (drift->get_subcommands().empty()) given.chosen = [&given] { return drift_list(given.common, given.drift); };
    });
    drift->add_option("--hotel", options.hotel, "Hotel number");
    drift->add_option("--state", options.state, "open, repairing, suspended or settled; else all but settled");
    auto* check = command(*drift, given, "check", "Compare the locks of a hotel, or of one room, now",
                          [&given] { return drift_check(given.common, given.drift); });
    check->add_option("--hotel", options.hotel, "Hotel number")->required();
    check->add_option("--room", options.room, "Room id");
    check->add_option("--pms", options.pms, "PMS id, where more than one has such a hotel");
    const std::pair<const char*, const char*> verbs[] = {{"resume", "Try a suspended repair again"},
                                                         {"accept", "Take over what the lock has"}};
    for (const auto& [verb, about] : verbs) {
        auto* app = command(*drift, given, verb, about, [&given, name = std::string(verb)] {
            return drift_change(given.common, given.drift, name);
        });
        app->add_option("id", options.id, "Number of the difference")->required()->check(CLI::PositiveNumber);
        app->add_option("--reason", options.reason, "For the audit row");
    }
}

void add_provision(CLI::App& root, arguments& given) {
    auto& options = given.provision;
    auto* app = command(root, given, "provision", "Make a hotel and its rooms at a lock cloud: the difference first",
                        [&given] { return provision(given.common, given.provision); });
    app->add_option("--hotel", options.hotel, "Hotel number")->required();
    app->add_option("--pms", options.pms, "PMS id, where more than one has such a hotel");
    app->add_option("--cloud", options.cloud, "Account of the lock cloud, as configured")->required();
    app->add_option("--home", options.home, "The cloud's id for the hotel; else as its locks say, or its number");
    app->add_option("details", options.details,
                    "key=value about the home, as the cloud names it: location=…, cityId=…");
    app->add_flag("--prune", options.prune, "Remove rooms there that the directory lacks; their locks too");
    app->add_flag("--yes", options.yes, "Do it");
    app->add_flag("--dry-run", options.dry_run, "Show what would change, and nothing more");
}

void add_orders(CLI::App& root, arguments& given) {
    auto& options = given.orders;
    auto* orders = root.add_subcommand("orders", "Installation orders at a lock cloud");
    orders->fallthrough();
    orders->add_option("--cloud", options.cloud, "Account of the lock cloud, as configured")->required();
    orders->callback([&given, orders] {
        if (orders->get_subcommands().empty())
            given.chosen = [&given] { return orders_list(given.common, given.orders); };
    });
    auto* list = command(*orders, given, "list", "List them, as without a word",
                         [&given] { return orders_list(given.common, given.orders); });
    list->add_option("--home", options.home, "Of this home; else of every home that is known there");
    const auto add_change = [&](CLI::App& app) {
        app.add_option("fields", options.fields,
                       "date=2026-11-25 time=day|morning|afternoon|evening name=… phone=… note=…");
        app.add_flag("--yes", options.yes, "Do it");
        app.add_flag("--dry-run", options.dry_run, "Print the request and send nothing");
    };
    auto* add = command(*orders, given, "add", "Order an installation: home_id=… and the fields",
                        [&given] { return orders_change(given.common, given.orders, "order_add"); });
    add_change(*add);
    auto* update = command(*orders, given, "update", "Change an order that is not confirmed yet",
                           [&given] { return orders_change(given.common, given.orders, "order_update"); });
    update->add_option("home", options.home, "The home it is for")->required();
    add_change(*update);
}

void add_others(CLI::App& root, arguments& given) {
    auto* serve_app = command(root, given, "serve", "Run the service in the foreground",
                              [&given] { return serve(given.common, given.listen); });
    serve_app->add_option("--listen", given.listen, "Address and port instead of [server] listen");
    auto* config_app = group(root, "config", "The configuration");
    auto* check = command(*config_app, given, "check", "Name every mistake with its file and line",
                          [&given] { return config_check(given.common); });
    check->add_option("file", given.common.config, "Configuration file, as --config");
    command(*config_app, given, "default", "Print the default configuration, every key commented",
            [] { return config_default(); });
    auto* secrets = group(root, "secrets", "The key that PINs and tokens are sealed with");
    command(*secrets, given, "rotate", "Seal everything with a new key; while no hub runs",
            [&given] { return secrets_rotate(given.common); });
    auto* backup_app = command(root, given, "backup", "Copy the database on line and verify the copy",
                               [&given] { return backup(given.common, given.backup_target); });
    backup_app->add_option("file", given.backup_target, "File to write; must not exist")->required();
    command(root, given, "status", "The service, what waits, and whether anything is missing",
            [&given] { return status(given.common); });
    command(root, given, "version", "Print the version", [] { return print_version(); });
}

void add_common(CLI::App& root, arguments& given) {
    root.require_subcommand(1);
    root.add_option("-c,--config", given.common.config,
                    "Configuration file; else $LOCKHUB_CONFIG, ./lockhub.toml or /etc/lockhub/lockhub.toml");
    root.add_option("--db", given.common.database, "Read this database file; needs no configuration");
    root.add_flag("--json", given.common.json, "One JSON object a line");
    root.add_option("--limit", given.common.limit, "Rows to show")
        ->check(CLI::Range(std::size_t{1}, limits::operator_page_rows - 1))
        ->capture_default_str();
    root.footer(
        "Exit codes: 0 done; 1 failed or not found; 2 bad usage or configuration, nothing done; 3 the service "
        "cannot be reached.");
}

// The first word that should name a command and does not, as a sentence; "" when every word does.
std::string unknown_command(const CLI::App& root, int count, char** values) {
    const CLI::App* app = &root;
    for (int i = 1; i < count; ++i) {
        const std::string word = values[i];
        if (word.starts_with('-')) return {};
        std::vector<std::string> names;
        for (const auto* sub : app->get_subcommands([](const CLI::App*) { return true; }))
            names.push_back(sub->get_name());
        if (names.empty()) return {};
        const std::vector<std::string_view> known(names.begin(), names.end());
        if (std::ranges::find(known, word) == known.end())
            return fmt::format("unknown command '{}'{}", word, did_you_mean(word, known));
        app = app->get_subcommand(word);
    }
    return {};
}

int refuse_arguments(const CLI::App& root, const CLI::ParseError& why, int count, char** values) {
    if (why.get_exit_code() == 0) return root.exit(why);  // --help
    auto sentence = unknown_command(root, count, values);
    if (sentence.empty()) sentence = why.what();
    fmt::print(stderr, "lockhub: {}\nlockhub: --help says what there is\n", sentence);
    return exit_code::bad_usage;
}

}  // namespace

int run_cli(int count, char** values) {
    arguments given;
    CLI::App root("lockhub: between lock clouds and PMS systems, and nothing is lost in between", "lockhub");
    add_common(root, given);
    add_others(root, given);
    add_outbox(root, given);
    add_action(root, given);
    add_directory(root, given);
    add_drift(root, given);
    add_vendor(root, given);
    add_provision(root, given);
    add_orders(root, given);
    try {
        root.parse(count, values);
    } catch (const CLI::ParseError& why) {
        return refuse_arguments(root, why, count, values);
    }
    try {
        const auto result = given.chosen();
        std::fwrite(result.out.data(), 1, result.out.size(), stdout);
        std::fwrite(result.err.data(), 1, result.err.size(), stderr);
        return std::fflush(stdout) == 0 ? result.code : exit_code::failed;
    } catch (const std::exception& why) {
        std::fprintf(stderr, "lockhub: %s\n", why.what());
        return exit_code::failed;
    }
}

}  // namespace lockhub::hub
