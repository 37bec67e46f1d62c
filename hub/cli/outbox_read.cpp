#include <fmt/format.h>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/cli/outbox_filter.hpp"
#include "hub/cli/rows.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

// Ids given by name, or those the filters find.
result<std::vector<std::int64_t>> wanted_ids(storage::reader& reader, const outbox_options& options, std::size_t limit,
                                             time_point now) {
    if (!options.ids.empty()) return options.ids;
    const auto filter = read_filter(options, now);
    if (!filter) return std::unexpected(filter.error());
    const auto rows = reader.list_deliveries(*filter, limit);
    if (!rows) return std::unexpected(rows.error());
    std::vector<std::int64_t> ids;
    for (const auto& row : *rows) ids.push_back(row.id.value);
    return ids;
}

std::string detail_text(const storage::delivery_detail& detail, time_point now) {
    const auto& row = detail.row;
    std::string out = fmt::format("delivery {}: {}\n", row.id.value, to_string(row.state));
    const auto line = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) out += fmt::format("  {:<10}{}\n", name, without_controls(value));
    };
    line("pms", row.pms);
    line("hotel", row.hotel);
    line("room", row.room_no.empty() ? row.room : fmt::format("{} ({})", row.room_no, row.room));
    line("kind", to_string(row.kind));
    line("action", row.action);
    line("event", row.event);
    line("created", time_in_words(row.created_at, now));
    if (row.finished_at != time_point{}) line("finished", time_in_words(row.finished_at, now));
    if (row.state == delivery_state::ready) line("due", time_in_words(row.due_at, now));
    line("held", row.held_reason);
    if (row.behind) line("behind", fmt::format("delivery {}", row.behind->value));
    line("payload", detail.payload);
    table attempts({"  ATTEMPT", "STARTED", "TOOK", "HTTP", "ERROR", "MESSAGE", "ANSWER"});
    for (const auto& one : detail.attempts)
        attempts.add({fmt::format("  {}", one.number), format_china_time(one.started_at),
                      fmt::format("{} ms", (one.finished_at - one.started_at).count()),
                      one.http_status == 0 ? "-" : fmt::format("{}", one.http_status), std::string(to_string(one.why)),
                      one.message, shortened(one.response, 120)});
    if (!attempts.empty()) out += attempts.text();
    return out;
}

std::string explanation_json(std::int64_t id, const explanation& words, const refusal_words& refusal) {
    wire::json_writer json;
    json.begin_object().member("id", id).member("why", words.english).member("why_zh", words.chinese);
    json.member("until", words.until ? format_utc(*words.until) : "").member("release", words.release);
    json.member("vendor_says", refusal.english).member("vendor_says_zh", refusal.chinese);
    return json.end_object().take() + "\n";
}

std::string explanation_text(std::int64_t id, const explanation& words, const refusal_words& refusal) {
    std::string out =
        fmt::format("delivery {}\n  {}\n  {}\n", id, without_controls(words.english), without_controls(words.chinese));
    out += refusal_lines(refusal);
    if (!words.release.empty()) out += fmt::format("  {}\n", words.release);
    return out;
}

template <class Show>
printed for_each_delivery(const common_options& common, const outbox_options& options, Show show) {
    const system_clock time;
    const auto reader = open_database(common, time);
    if (!reader) return failure(reader.error());
    const auto ids = wanted_ids(**reader, options, common.limit, time.now());
    if (!ids) return failure(ids.error());
    if (ids->empty()) return failure(exit_code::failed, "no delivery matches");
    printed out;
    for (const auto id : *ids) {
        const auto detail = (*reader)->explain_delivery(delivery_id(id));
        if (detail) {
            out.out += show(*detail, time.now());
        } else {
            const auto failed = failure(detail.error());
            out.code = failed.code;
            out.err += failed.err;
        }
    }
    return out;
}

}  // namespace

printed outbox_list(const common_options& common, const outbox_options& options) {
    const system_clock time;
    const auto now = time.now();
    const auto filter = read_filter(options, now);
    if (!filter) return failure(filter.error());
    const auto reader = open_database(common, time);
    if (!reader) return failure(reader.error());
    auto rows = (*reader)->list_deliveries(*filter, common.limit + 1);
    if (!rows) return failure(rows.error());
    const bool cut = rows->size() > common.limit;
    if (cut) rows->resize(common.limit);
    printed out;
    if (common.json) {
        for (const auto& row : *rows) out.out += delivery_json(row) + "\n";
    } else {
        out.out = rows->empty() ? "no delivery matches\n" : delivery_table(*rows, now);
    }
    if (cut) out.err = fmt::format("lockhub: only the newest {} are shown; more match (--limit)\n", common.limit);
    return out;
}

printed outbox_show(const common_options& common, const outbox_options& options) {
    return for_each_delivery(common, options, [&](const storage::delivery_detail& detail, time_point now) {
        return common.json ? detail_json(detail) + "\n" : detail_text(detail, now);
    });
}

printed outbox_explain(const common_options& common, const outbox_options& options) {
    const auto around = look_around(common);
    return for_each_delivery(common, options, [&](const storage::delivery_detail& detail, time_point now) {
        const auto words = explain(detail, around, now);
        const auto refusal = detail.action ? explain_refusal(*detail.action, around) : refusal_words{};
        return common.json ? explanation_json(detail.row.id.value, words, refusal)
                           : explanation_text(detail.row.id.value, words, refusal);
    });
}

}  // namespace lockhub::hub
