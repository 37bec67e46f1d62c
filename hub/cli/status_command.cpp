#include <fmt/format.h>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

void add_depths(table& out, std::string_view kind, const std::map<std::string, storage::depth>& by_state,
                time_point now) {
    for (const auto& [state, one] : by_state)
        if (one.rows != 0)
            out.add({std::string(kind), state, std::to_string(one.rows), format_duration(now - one.oldest_at)});
}

std::string directory_text(const directory_report& one, time_point now) {
    std::string out = fmt::format("directory of {}: ", one.pms);
    if (one.ended_at == time_point{})
        out += "not asked since the start";
    else
        out += fmt::format("{} {} ago by {}: {}", one.succeeded ? one.outcome : "FAILED (" + one.outcome + ")",
                           format_duration(now - one.ended_at), one.actor, without_controls(one.message));
    if (one.next_at != time_point{}) out += fmt::format("; next {}", time_in_words(one.next_at, now));
    return out;
}

std::string service_text(const surroundings& around, time_point now) {
    if (!around.service) return "service: does not run, or could not be asked\n";
    const auto& service = *around.service;
    std::string out = fmt::format("service: {}, version {}, up {}, listening on {}\n",
                                  service.not_ready.empty() ? std::string("ready") : "not ready: " + service.not_ready,
                                  service.version, format_duration(now - service.started_at), service.listen);
    out += fmt::format("  in flight: {} deliveries, {} commands; {} connections; {} units wait to be stored\n",
                       service.deliveries_in_flight, service.commands_in_flight, service.connections.open,
                       service.writer.queued_units);
    for (const auto& one : service.breakers)
        if (one.state != "closed")
            out += fmt::format("  {} cannot be reached ({} failures in a row), next attempt {}\n", one.target,
                               one.failures, time_in_words(one.until, now));
    for (const auto& one : service.pauses)
        if (one.until > now)
            out += fmt::format("  {} is busy (it has said so {} times), next call {}\n", one.account, one.busy_answers,
                               time_in_words(one.until, now));
    for (const auto& one : service.directories) out += "  " + directory_text(one, now) + "\n";
    return out;
}

std::string drift_text(const std::vector<storage::drift_count>& counted, time_point now) {
    std::string out;
    for (const auto& one : counted) {
        out += out.empty() ? "locks that differ from what is wanted: " : ", ";
        out += fmt::format("{} {} {} (oldest {})", one.rows, to_string(one.kind), to_string(one.state),
                           format_duration(now - one.oldest_at));
    }
    return out.empty() ? std::string("locks: every one that was compared is as wanted\n")
                       : out + "; see lockhub drift\n";
}

std::string conservation_text(const storage::conservation& c) {
    return fmt::format(
        "deliveries: {} accepted = {} delivered + {} held + {} pending + {} dead + {} discarded + {} expunged: {}\n",
        c.accepted, c.delivered, c.held, c.pending, c.dead, c.discarded, c.expunged,
        c.holds() ? "nothing is missing" : "THEY DIFFER");
}

std::string status_json(const surroundings& around, const storage::conservation& c, const storage::depths& d,
                        const std::vector<storage::drift_count>& drift, time_point now) {
    wire::json_writer json;
    json.begin_object().key("service");
    if (around.service) {
        json.raw(to_json(*around.service, now));
    } else {
        json.null();
    }
    json.key("conservation")
        .begin_object()
        .member("accepted", c.accepted)
        .member("delivered", c.delivered)
        .member("held", c.held);
    json.member("pending", c.pending)
        .member("dead", c.dead)
        .member("discarded", c.discarded)
        .member("expunged", c.expunged);
    json.member("holds", c.holds()).end_object().key("waiting").begin_object();
    const auto add = [&](std::string_view kind, const std::map<std::string, storage::depth>& by_state) {
        json.key(kind).begin_object();
        for (const auto& [state, one] : by_state) json.member(state, one.rows);
        json.end_object();
    };
    add("deliveries", d.deliveries);
    add("commands", d.commands);
    json.member("parked_results", d.parked_results.rows).end_object().key("drift").begin_array();
    for (const auto& one : drift) {
        json.begin_object().member("kind", to_string(one.kind)).member("state", to_string(one.state));
        json.member("rows", one.rows).member("oldest_at", format_utc(one.oldest_at)).end_object();
    }
    return json.end_array().end_object().take() + "\n";
}

}  // namespace

printed status(const common_options& common) {
    const system_clock time;
    const auto reader = open_database(common, time);
    if (!reader) return failure(reader.error());
    const auto conserved = (*reader)->count_conservation();
    if (!conserved) return failure(conserved.error());
    const auto depths = (*reader)->count_depths();
    if (!depths) return failure(depths.error());
    const auto drift = (*reader)->count_differences();
    if (!drift) return failure(drift.error());
    const auto around = look_around(common);
    const auto now = time.now();
    printed out;
    if (common.json) {
        out.out = status_json(around, *conserved, *depths, *drift, now);
    } else {
        table waiting({"WAITING", "STATE", "ROWS", "OLDEST"});
        add_depths(waiting, "delivery", depths->deliveries, now);
        add_depths(waiting, "command", depths->commands, now);
        add_depths(waiting, "result", {{"parked", depths->parked_results}}, now);
        out.out = service_text(around, now) + conservation_text(*conserved) + drift_text(*drift, now) +
                  (waiting.empty() ? "nothing waits\n" : waiting.text());
    }
    if (!around.service)
        out.code = exit_code::unreachable;
    else if (!around.service->not_ready.empty() || !conserved->holds())
        out.code = exit_code::failed;
    return out;
}

printed backup(const common_options& common, const std::filesystem::path& target) {
    const system_clock time;
    const auto reader = open_database(common, time);
    if (!reader) return failure(reader.error());
    const auto bytes = (*reader)->backup(target.string());
    if (!bytes) return failure(bytes.error());
    printed out;
    out.out = common.json ? fmt::format("{{\"bytes\":{}}}\n", *bytes)
                          : fmt::format("{} written and verified: {} bytes. Keep the seal key file with it.\n",
                                        target.string(), *bytes);
    return out;
}

}  // namespace lockhub::hub
