#include <fmt/format.h>

#include <fstream>
#include <optional>
#include <sstream>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/cli/report_json.hpp"
#include "hub/cli/rows.hpp"
#include "hub/system/seal_key_rotation.hpp"
#include "hub/system/system_entropy.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"
#include "storage/sqlite/open.hpp"

namespace lockhub::hub {

namespace {

result<std::string> read_csv(const std::filesystem::path& file) {
    std::error_code ec;
    const auto size = std::filesystem::file_size(file, ec);
    if (ec) return fail(errc::not_found, fmt::format("{} cannot be read: {}", file.string(), ec.message()));
    if (size > limits::directory_body_bytes)
        return fail(errc::too_large,
                    fmt::format("{} is larger than {} bytes", file.string(), limits::directory_body_bytes));
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (size != 0) text << in.rdbuf();
    if (!in || !text) return fail(errc::unavailable, fmt::format("{} cannot be read", file.string()));
    return text.str();
}

std::string changed_text(const storage::directory_changed& c, bool dry_run) {
    return fmt::format(
        "{}: {} hotels, {} room types and {} rooms added, {} rooms changed, {} as before; {} locks bound, {} unbound\n",
        dry_run ? "would be imported" : "imported", c.hotels_added, c.room_types_added, c.rooms_added, c.rooms_changed,
        c.rooms_unchanged, c.locks_bound, c.locks_unbound);
}

storage::directory_changed read_changed(const wire::json_value& answer) {
    const auto count = [&](std::string_view name) {
        return static_cast<std::uint64_t>(answer.integer_of(name).value_or(0));
    };
    return {.hotels_added = count("hotels_added"),
            .room_types_added = count("room_types_added"),
            .rooms_added = count("rooms_added"),
            .rooms_changed = count("rooms_changed"),
            .rooms_unchanged = count("rooms_unchanged"),
            .locks_bound = count("locks_bound"),
            .locks_unbound = count("locks_unbound")};
}

printed import_by_service(const service_client& client, const std::string& csv, bool dry_run) {
    const auto target =
        fmt::format("/operator/directory/import?dry_run={}&actor={}", dry_run ? 1 : 0, wire::percent_encode(actor()));
    const auto answer = client.call("POST", target, "text/csv; charset=utf-8", csv);
    if (!answer) return unreachable(answer.error());
    if (answer->status != 200) return refused(*answer);
    const auto parsed = wire::json_value::parse(answer->body);
    if (!parsed) return failure(parsed.error());
    printed out;
    out.out = changed_text(read_changed(*parsed), dry_run) + "(through the running service)\n";
    return out;
}

// The service does not run: this process takes its place for the one change.
printed import_directly(const config& settings, std::vector<directory_row> rows, bool dry_run) {
    const system_clock time;
    system_entropy random;
    auto key = fitting_seal_key(settings.storage.seal_key_file, settings.storage.path, random);
    if (!key) return failure(key.error());
    storage::sqlite_options options;
    options.path = settings.storage.path;
    options.time = &time;
    options.random = &random;
    options.seal_key = *std::move(key);
    options.completions = [](storage::completion_batch batch) {
        for (auto& done : batch) done();
    };
    std::optional<result<storage::directory_changed>> outcome;
    try {
        const auto store = storage::open_inline_store(std::move(options));
        storage::directory_change change{.rows = std::move(rows), .dry_run = dry_run, .actor = actor()};
        store->change_directory(std::move(change),
                                [&](result<storage::directory_changed> changed) { outcome = std::move(changed); });
        while (!outcome && store->run_group()) {
        }
        store->close();
    } catch (const std::runtime_error& why) {
        return failure(exit_code::unreachable,
                       fmt::format("the service does not answer at {}, and its database cannot be opened either: {}",
                                   settings.operators.socket.string(), why.what()));
    }
    if (!outcome) return failure(exit_code::failed, "the database did not take the import");
    if (!*outcome) return failure(outcome->error());
    printed out;
    out.out = changed_text(**outcome, dry_run) +
              fmt::format("(directly into {}: the service does not run)\n", settings.storage.path.string());
    return out;
}

}  // namespace

printed directory_import(const common_options& common, const directory_options& options) {
    const auto csv = read_csv(options.file);
    if (!csv) return failure(csv.error());
    auto rows = parse_directory_csv(*csv);
    if (!rows) return failure(exit_code::failed, fmt::format("{}: {}", options.file.string(), rows.error().message));
    const auto settings = load_settings(common);
    if (!settings) return failure(settings.error());
    const auto client = connect_service(*settings);
    // not_found: nobody listens, or the token was never made because no service ever ran.
    if (!client && client.error().code != errc::not_found) return unreachable(client.error());
    if (client) {
        const auto alive = client->get("/operator/status");
        if (alive) return import_by_service(*client, *csv, options.dry_run);
        if (alive.error().code != errc::not_found) return unreachable(alive.error());
    }
    return import_directly(*settings, *std::move(rows), options.dry_run);
}

printed directory_list(const common_options& common, const directory_options& options) {
    const system_clock time;
    const auto reader = open_database(common, time);
    if (!reader) return failure(reader.error());
    const auto rows = (*reader)->list_directory(options.pms, options.hotel, common.limit);
    if (!rows) return failure(rows.error());
    printed out;
    if (common.json) {
        for (const auto& row : *rows) out.out += directory_json(row) + "\n";
    } else {
        out.out = rows->empty() ? "no room matches\n" : directory_table(*rows, time.now());
    }
    return out;
}

printed directory_unbound(const common_options& common) {
    const system_clock time;
    const auto reader = open_database(common, time);
    if (!reader) return failure(reader.error());
    const auto locks = (*reader)->unbound_locks(common.limit);
    if (!locks) return failure(locks.error());
    printed out;
    table text({"ACCOUNT", "LOCK"});
    for (const auto& [account, uuid] : *locks) {
        wire::json_writer json;
        if (common.json)
            out.out +=
                json.begin_object().member("account", account.value).member("lock_uuid", uuid).end_object().take() +
                "\n";
        text.add({account.value, uuid});
    }
    if (!common.json) out.out = locks->empty() ? "every lock that was heard of has a room\n" : text.text();
    return out;
}

}  // namespace lockhub::hub
