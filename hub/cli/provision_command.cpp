// A hotel and its rooms made at a lock cloud, through the running service: the difference first.
#include <fmt/format.h>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/cli/service_call.hpp"
#include "hub/cli/vendor_fields.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

using wire::json_value;

// The service ends a run before this.
constexpr auto patience = limits::provision_timeout + std::chrono::minutes(1);

std::string body_of(const provision_options& options, const wire::form& details, bool apply) {
    wire::json_writer json;
    json.begin_object().member("account", options.cloud).member("hotel", options.hotel).member("pms", options.pms);
    json.member("home", options.home).key("details").begin_object();
    for (const auto& [name, value] : details.fields()) json.member(name, value);
    json.end_object().member("apply", apply).member("prune", options.prune);
    return json.member("actor", actor()).end_object().take();
}

std::int64_t count(const json_value& answer, std::string_view name) {
    return answer.integer_of(name).value_or(0);
}

std::size_t works(const json_value& answer) {
    std::size_t found = 0;
    for (const auto& one : answer.find("differences")->items()) found += one.text_of("work") == "true" ? 1 : 0;
    return found;
}

std::string difference_text(const json_value& answer) {
    table rows({"CHANGE", "ROOM", "BEFORE", "AFTER", "NOTE"});
    for (const auto& one : answer.find("differences")->items())
        rows.add({one.text_of("what"), one.text_of("room"), one.text_of("before"), one.text_of("after"),
                  one.text_of("note")});
    return rows.empty() ? std::string() : rows.text();
}

std::string heading_text(const json_value& answer, const provision_options& options) {
    const auto home = answer.text_of("home");
    auto out = fmt::format("{} (hotel {} of {}) at {}{}\n", without_controls(answer.text_of("home_name")),
                           answer.text_of("hotel"), answer.text_of("pms"), options.cloud,
                           home.empty() ? std::string() : ": home " + without_controls(home));
    if (const auto note = answer.text_of("note"); !note.empty()) out += without_controls(note) + "\n";
    return out;
}

std::string counts_text(const json_value& answer) {
    std::string out;
    if (const auto left_out = count(answer, "left_out"); left_out != 0)
        out += fmt::format("{} rooms have their locks elsewhere and are left out\n", left_out);
    if (answer.text_of("can_make") != "true")
        return out + fmt::format(
                         "{} of {} rooms are there by name or lock; rooms are made in that system itself, nothing "
                         "is sent; `lockhub directory suggest` binds those that fit\n",
                         count(answer, "unchanged"), count(answer, "rooms"));
    if (const auto lacking = count(answer, "locks_lacking"); lacking != 0)
        out += fmt::format("{} locks of these rooms get their home and room filled in\n", lacking);
    return out;
}

std::string refusal_text(const json_value& one) {
    auto out =
        fmt::format("refused: {} {}, code {}: {}\n", one.text_of("method"), without_controls(one.text_of("place")),
                    one.text_of("code"), without_controls(one.text_of("message")));
    if (const auto* meaning = one.find("meaning"))
        out += fmt::format("  {}. {}\n  {}。{}\n", meaning->text_of("english"), meaning->text_of("advice_english"),
                           meaning->text_of("chinese"), meaning->text_of("advice_chinese"));
    return out;
}

printed applied(std::string text, const json_value& answer) {
    printed out;
    out.out = std::move(text);
    for (const auto& one : answer.find("refused")->items()) {
        out.err += "lockhub: " + refusal_text(one);
        out.code = exit_code::failed;
    }
    if (const auto why = answer.text_of("stopped"); !why.empty()) {
        out.err += fmt::format("lockhub: not everything was done: {}\n", without_controls(why));
        out.code = exit_code::failed;
    }
    return out;
}

std::string done_text(const json_value& answer) {
    return fmt::format("done: {} calls, {} refused; {} locks got their home and room\n", count(answer, "calls"),
                       answer.find("refused")->items().size(), count(answer, "locks_filled"));
}

}  // namespace

printed provision(const common_options& common, const provision_options& options) {
    const bool apply = options.yes && !options.dry_run;
    const auto details = read_vendor_fields(nullptr, options.details);
    if (!details) return failure(details.error());
    const auto said = call_service(common, patience, "/operator/provision", body_of(options, *details, apply));
    if (!said) return said.error();
    const auto answer = json_value::parse(*said);
    if (!answer || answer->find("differences") == nullptr)
        return failure(exit_code::failed, "the service's answer cannot be read");

    const bool can_make = answer->text_of("can_make") == "true";
    const bool something = works(*answer) != 0 || count(*answer, "locks_lacking") != 0;
    std::string text = heading_text(*answer, options) + difference_text(*answer) + counts_text(*answer);
    if (can_make && !something)
        text += fmt::format("nothing to do: {} places as before\n", count(*answer, "unchanged"));
    if (answer->text_of("applied") == "true" && can_make) {
        if (something) text += done_text(*answer);
        return applied(common.json ? *said + "\n" : std::move(text), *answer);
    }
    printed out;
    out.out = common.json ? *said + "\n" : std::move(text);
    if (options.dry_run || !can_make || !something) return out;
    out.err = "lockhub: nothing was changed; repeat with --yes to do it\n";
    out.code = exit_code::bad_usage;
    return out;
}

}  // namespace lockhub::hub
