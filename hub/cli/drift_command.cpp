// What differs between the hub's wishes and the locks, and what an operator can do about it.
#include <fmt/format.h>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/cli/service_call.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

using storage::drift_row;
using wire::json_value;

constexpr std::size_t reason_width = 60;
constexpr auto patience = std::chrono::minutes(15);  // a large hotel's locks, two at a time

std::string when(const std::optional<time_point>& t) {
    return t ? format_utc(*t) : std::string();
}

std::string drift_json(const drift_row& row, const explanation& words) {
    wire::json_writer json;
    json.begin_object().member("id", row.id).member("kind", to_string(row.kind)).member("state", to_string(row.state));
    json.member("account", row.account).member("lock_uuid", row.lock_uuid).member("pms", row.pms);
    json.member("hotel", row.hotel).member("room", row.room).member("room_no", row.room_no);
    json.member("credential_ref", row.credential_ref).member("action", row.action).member("name", row.name);
    json.member("manage", row.manage).member("wanted_until", when(row.wanted_until));
    json.member("found_until", when(row.found_until)).member("first_seen_at", format_utc(row.first_seen_at));
    json.member("last_seen_at", format_utc(row.last_seen_at)).member("tries", row.tries);
    json.member("reason", row.reason).member("repair", row.repair).member("why", words.english);
    return json.member("why_zh", words.chinese).member("release", words.release).end_object().take();
}

std::string drift_table(const std::vector<drift_row>& rows, time_point now) {
    table out({"ID", "KIND", "STATE", "HOTEL", "ROOM", "LOCK", "PIN", "AGE", "SEEN", "TRIES", "REASON"});
    for (const auto& row : rows)
        out.add({std::to_string(row.id), std::string(to_string(row.kind)), std::string(to_string(row.state)),
                 row.hotel.empty() ? "-" : row.hotel, row.room_no.empty() ? "-" : row.room_no, row.lock_uuid,
                 row.credential_ref.empty() ? "-" : row.credential_ref, format_duration(now - row.first_seen_at),
                 format_duration(now - row.last_seen_at) + " ago", std::to_string(row.tries),
                 shortened(row.reason, reason_width)});
    return out.text();
}

std::string check_text(const json_value& answer) {
    const auto count = [&](std::string_view name) { return answer.integer_of(name).value_or(0); };
    auto out = fmt::format("{} locks: {} compared, {} postponed; {} differences, {} settled, {} repairs begun\n",
                           count("locks"), count("compared"), count("postponed"), count("found"), count("settled"),
                           count("repairs"));
    if (const auto* failures = answer.find("failures")) {
        for (const auto& one : failures->items())
            out += fmt::format("not compared: {}\n", without_controls(one.text()));
    }
    return out;
}

// The only PMS that has such a hotel; "" where several have, or none.
std::string pms_of_hotel(const common_options& common, const std::string& hotel) {
    const system_clock time;
    const auto reader = open_database(common, time);
    if (!reader) return {};
    const auto rows = (*reader)->list_directory("", hotel, limits::directory_rows);
    if (!rows) return {};
    std::string found;
    for (const auto& one : *rows) {
        if (!found.empty() && found != one.row.pms_id) return {};
        found = one.row.pms_id;
    }
    return found;
}

}  // namespace

printed drift_list(const common_options& common, const drift_options& options) {
    const system_clock time;
    storage::drift_filter filter;
    filter.hotel = options.hotel;
    filter.state = storage::drift_state_from(options.state);
    if (!options.state.empty() && !filter.state)
        return failure(exit_code::bad_usage,
                       fmt::format("--state: '{}' must be one of open, repairing, suspended, settled", options.state));
    const auto reader = open_database(common, time);
    if (!reader) return failure(reader.error());
    const auto rows = (*reader)->list_differences(filter, common.limit);
    if (!rows) return failure(rows.error());
    printed out;
    if (common.json) {
        for (const auto& row : *rows) out.out += drift_json(row, explain(row)) + "\n";
        return out;
    }
    if (rows->empty()) {
        out.out = "every lock that was compared is as wanted\n";
        return out;
    }
    out.out = drift_table(*rows, time.now());
    for (const auto& row : *rows) {
        const auto words = explain(row);
        out.out +=
            fmt::format("\n{}  {}\n   {}\n", row.id, without_controls(words.english), without_controls(words.chinese));
        if (!words.release.empty()) out.out += fmt::format("   {}\n", words.release);
    }
    return out;
}

printed drift_check(const common_options& common, const drift_options& options) {
    const auto pms = options.pms.empty() ? pms_of_hotel(common, options.hotel) : options.pms;
    if (pms.empty())
        return failure(exit_code::bad_usage,
                       fmt::format("no PMS, or more than one, has a hotel {}: name it with --pms", options.hotel));
    wire::json_writer body;
    body.begin_object().member("pms", pms).member("hotel", options.hotel).member("room", options.room).end_object();
    const auto said = call_service(common, patience, "/operator/drift/check", body.text());
    if (!said) return said.error();
    const auto answer = json_value::parse(*said);
    if (!answer) return failure(answer.error());
    printed out;
    out.out = common.json ? *said + "\n" : check_text(*answer);
    const auto* failures = answer->find("failures");
    if (failures != nullptr && !failures->items().empty()) out.code = exit_code::failed;
    return out;
}

printed drift_change(const common_options& common, const drift_options& options, const std::string& verb) {
    wire::json_writer body;
    body.begin_object().member("id", std::to_string(options.id)).member("actor", actor());
    body.member("reason", options.reason).end_object();
    const auto said = call_service(common, patience, "/operator/drift/" + verb, body.text());
    if (!said) return said.error();
    printed out;
    out.out = common.json
                  ? *said + "\n"
                  : fmt::format("{} {}\n", options.id, verb == "accept" ? "is accepted as it is" : "is tried again");
    return out;
}

}  // namespace lockhub::hub
