#include <fmt/format.h>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/cli/report_json.hpp"
#include "hub/cli/rows.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

printed action_list(const common_options& common, const action_options& options) {
    if (!options.state.empty() && !action_state_from(options.state))
        return failure(
            exit_code::bad_usage,
            fmt::format("--state: '{}' must be one of open, unverifiable, succeeded, failed, expired, superseded",
                        options.state));
    const system_clock time;
    const auto reader = open_database(common, time);
    if (!reader) return failure(reader.error());
    const auto rows = (*reader)->list_actions(options.state, common.limit);
    if (!rows) return failure(rows.error());
    printed out;
    if (common.json) {
        for (const auto& row : *rows) out.out += action_json(row) + "\n";
    } else {
        out.out = rows->empty() ? "no action matches\n" : action_table(*rows, time.now());
    }
    return out;
}

printed action_show(const common_options& common, const action_options& options) {
    const system_clock time;
    const auto reader = open_database(common, time);
    if (!reader) return failure(reader.error());
    const auto row = (*reader)->find_action(action_id(options.id));
    if (!row) return failure(row.error());
    const auto now = time.now();
    const auto around = look_around(common);
    const auto words = explain(*row, around, now);
    const auto refusal = explain_refusal(*row, around);
    printed out;
    if (common.json) {
        wire::json_writer json;
        json.begin_object()
            .key("row")
            .raw(action_json(*row))
            .member("why", words.english)
            .member("why_zh", words.chinese);
        json.member("until", words.until ? format_utc(*words.until) : "").member("release", words.release);
        json.member("vendor_code", row->vendor_code);
        json.member("vendor_says", refusal.english).member("vendor_says_zh", refusal.chinese);
        out.out = json.end_object().take() + "\n";
        return out;
    }
    out.out = action_table({*row}, now) +
              fmt::format("\n  {}\n  {}\n", without_controls(words.english), without_controls(words.chinese));
    out.out += refusal_lines(refusal);
    if (!words.release.empty()) out.out += fmt::format("  {}\n", words.release);
    return out;
}

printed action_decide(const common_options& common, const action_options& options) {
    if (options.succeeded == options.failed)
        return failure(exit_code::bad_usage, "action decide: say --succeeded or --failed");
    const auto settings = load_settings(common);
    if (!settings) return failure(settings.error());
    const auto client = connect_service(*settings);
    if (!client) return unreachable(client.error());
    wire::json_writer json;
    json.begin_object().member("action", options.id).member("succeeded", options.succeeded);
    json.member("actor", actor()).member("reason", options.reason).end_object();
    const auto answer = client->post_json("/operator/action/decide", json.text());
    if (!answer) return unreachable(answer.error());
    if (answer->status != 200) return refused(*answer);
    printed out;
    out.out = fmt::format("{} decided as {}; its callback stands in the outbox\n", options.id,
                          options.succeeded ? "succeeded" : "failed");
    return out;
}

}  // namespace lockhub::hub
