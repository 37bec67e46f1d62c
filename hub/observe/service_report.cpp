#include "hub/observe/service_report.hpp"

#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

std::string to_json(const service_report& report, time_point now) {
    wire::json_writer json;
    json.begin_object();
    json.member("version", report.version).member("listen", report.listen);
    json.member("started_at_ms", to_unix_ms(report.started_at)).member("now_ms", to_unix_ms(now));
    json.member("ready", report.not_ready.empty()).member("not_ready", report.not_ready);
    json.key("breakers").begin_array();
    for (const auto& one : report.breakers) {
        json.begin_object().member("target", one.target).member("state", one.state);
        json.member("until_ms", to_unix_ms(one.until)).member("failures", one.failures).end_object();
    }
    json.end_array();
    json.key("pauses").begin_array();
    for (const auto& one : report.pauses) {
        json.begin_object().member("account", one.account).member("until_ms", to_unix_ms(one.until));
        json.member("busy_answers", one.busy_answers).end_object();
    }
    json.end_array();
    json.key("directories").begin_array();
    for (const auto& one : report.directories) {
        json.begin_object().member("pms", one.pms).member("ended_at_ms", to_unix_ms(one.ended_at));
        json.member("succeeded", one.succeeded).member("outcome", one.outcome).member("message", one.message);
        json.member("actor", one.actor).member("next_at_ms", to_unix_ms(one.next_at)).end_object();
    }
    json.end_array();
    json.member("deliveries_in_flight", report.deliveries_in_flight);
    json.member("commands_in_flight", report.commands_in_flight);
    const auto& writer = report.writer;
    json.key("writer").begin_object().member("commits", writer.commits).member("units", writer.units);
    json.member("queued_units", writer.queued_units).member("last_commit_us", writer.last_commit.count());
    json.member("poisoned", writer.poisoned).end_object();
    const auto& connections = report.connections;
    json.key("connections").begin_object().member("open", connections.open).member("accepted", connections.accepted);
    json.member("refused", connections.refused_full + connections.refused_per_address);
    json.member("requests", connections.requests).member("timeouts", connections.timeouts);
    json.member("bad_requests", connections.bad_requests).end_object();
    return json.end_object().take();
}

}  // namespace lockhub::hub
