#include <fmt/format.h>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/cli/outbox_filter.hpp"
#include "hub/cli/report_json.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::hub {

namespace {

std::string_view past_of(std::string_view verb) {
    if (verb == "retry") return "put back to be sent now";
    if (verb == "hold") return "held";
    return verb == "release" ? "released" : "discarded";
}

std::string counts_text(const wire::json_value& answer, std::string_view verb) {
    std::string out;
    if (const auto* states = answer.find("states")) {
        for (const auto& one : states->items())
            out += fmt::format("  {:<10}{:>8} would be {}{}\n", one.text_of("state"),
                               one.integer_of("matched").value_or(0), past_of(verb),
                               one.integer_of("skipped").value_or(0) == 0
                                   ? std::string()
                                   : fmt::format(", {} would stay as they are", one.integer_of("skipped").value_or(0)));
    }
    return out + fmt::format("  {:<10}{:>8}\n", "together", answer.integer_of("matched").value_or(0));
}

}  // namespace

printed outbox_change(const common_options& common, const outbox_options& options, const std::string& verb) {
    const system_clock time;
    const auto filter = read_filter(options, time.now());
    if (!filter) return failure(filter.error());
    if (names_nothing(*filter))
        return failure(exit_code::bad_usage, fmt::format("outbox {}: name ids or one filter at least", verb));
    const auto settings = load_settings(common);
    if (!settings) return failure(settings.error());
    const auto client = connect_service(*settings);
    if (!client) return unreachable(client.error());

    const bool one_row = only_ids(*filter) && filter->ids.size() == 1;
    const auto ask = [&](bool dry_run) {
        return client->post_json("/operator/outbox/" + verb, change_body(*filter, dry_run, actor(), options.reason));
    };
    if (options.dry_run || (!one_row && !options.yes)) {
        const auto counted = ask(true);
        if (!counted) return unreachable(counted.error());
        if (counted->status != 200) return refused(*counted);
        const auto answer = wire::json_value::parse(counted->body);
        if (!answer) return failure(answer.error());
        printed out;
        out.out = common.json ? counted->body + "\n" : counts_text(*answer, verb);
        if (!options.dry_run) {
            out.err = "lockhub: nothing was changed; repeat with --yes to do it\n";
            out.code = exit_code::bad_usage;
        }
        return out;
    }
    const auto changed = ask(false);
    if (!changed) return unreachable(changed.error());
    if (changed->status != 200) return refused(*changed);
    const auto answer = wire::json_value::parse(changed->body);
    if (!answer) return failure(answer.error());
    const auto matched = answer->integer_of("matched").value_or(0), skipped = answer->integer_of("skipped").value_or(0);
    printed out;
    out.out = common.json ? changed->body + "\n" : fmt::format("{} {}\n", matched, past_of(verb));
    if (skipped != 0 && !common.json)
        out.out += fmt::format("{} left as they are: their state does not allow it\n", skipped);
    if (matched == 0) {
        out.code = exit_code::failed;
        if (skipped == 0) out.err = "lockhub: no delivery matches\n";
    }
    return out;
}

}  // namespace lockhub::hub
