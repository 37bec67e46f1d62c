// What changes the directory through the running service: sync, bind, unbind and suggest.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <vector>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/cli/service_call.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

using wire::json_value;

// A pull takes its time; the service ends it before this.
constexpr auto patience = limits::directory_pull_timeout + std::chrono::minutes(1);

constexpr std::string_view nothing_changed = "lockhub: nothing was changed; repeat with --yes to do it\n";

std::int64_t count(const json_value& answer, std::string_view name) {
    return answer.integer_of(name).value_or(0);
}

std::string differences_text(const json_value& answer) {
    table rows({"CHANGE", "HOTEL", "ROOM", "BEFORE", "AFTER"});
    if (const auto* list = answer.find("differences")) {
        for (const auto& one : list->items())
            rows.add({one.text_of("what"), one.text_of("hotel"), one.text_of("room"), one.text_of("before"),
                      one.text_of("after")});
    }
    if (rows.empty()) return {};
    const bool cut = answer.find("differences")->items().size() >= limits::operator_page_rows;
    return rows.text() + (cut ? "these are the first; the counts below have all of them\n" : "");
}

bool changes_something(const json_value& answer) {
    constexpr std::array names{"hotels_added",  "room_types_added", "rooms_added",
                               "rooms_changed", "locks_bound",      "locks_unbound"};
    for (const auto* name : names)
        if (count(answer, name) != 0) return true;
    // A hotel or room type with another name has no count of its own.
    const auto* list = answer.find("differences");
    if (list == nullptr) return false;
    for (const auto& one : list->items())
        if (one.text_of("what") != "room_missing") return true;
    return false;
}

std::string sync_text(const json_value& answer, bool applied) {
    std::string out = differences_text(answer);
    out += fmt::format("told: {} hotels, {} room types, {} rooms\n", count(answer, "hotels"),
                       count(answer, "room_types"), count(answer, "rooms"));
    if (const auto* bare = answer.find("hotels_without_rooms"); bare != nullptr && !bare->items().empty()) {
        std::vector<std::string> numbers;
        for (const auto& one : bare->items()) numbers.push_back(without_controls(one.text()));
        out += fmt::format("hotels without rooms, left out: {}\n", fmt::join(numbers, ", "));
    }
    if (!changes_something(answer))
        out += "nothing differs from the directory here";
    else
        out += fmt::format("{}: {} hotels, {} room types and {} rooms added, {} rooms changed, {} as before",
                           applied ? "applied" : "would be applied", count(answer, "hotels_added"),
                           count(answer, "room_types_added"), count(answer, "rooms_added"),
                           count(answer, "rooms_changed"), count(answer, "rooms_unchanged"));
    const auto missing = count(answer, "rooms_missing");
    return out + (missing == 0 ? "\n" : fmt::format("; {} rooms the PMS does not name stay\n", missing));
}

// Shown, and what is missing to do it.
printed shown(std::string text, bool asked_to_do_it, bool something) {
    printed out;
    out.out = std::move(text);
    if (!asked_to_do_it || !something) return out;
    out.err = nothing_changed;
    out.code = exit_code::bad_usage;
    return out;
}

std::string binding_body(const binding_options& options, bool unbind, bool dry_run) {
    wire::json_writer json;
    json.begin_object().member("pms", options.pms).member("hotel", options.hotel).member("room", options.room);
    json.member("service", options.service).member("dry_run", dry_run).member("actor", actor());
    if (!unbind) {
        json.member("account", options.account).member("lock_uuid", options.lock);
        json.member("cloud_home_id", options.home).member("cloud_room_id", options.cloud_room);
    }
    return json.end_object().take();
}

std::string names_of(const json_value* list, std::string_view name, std::string_view otherwise) {
    std::vector<std::string> names;
    if (list != nullptr) {
        for (const auto& one : list->items())
            names.push_back(without_controls(one.text_of(name).empty() ? one.text_of(otherwise) : one.text_of(name)));
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string suggestions_text(const json_value& answer) {
    table rows({"ROOM", "NUMBER", "DEVICE", "LOCK", "MATCH", "STATE", "NOTE"});
    for (const auto& one : answer.find("suggestions")->items())
        rows.add({one.text_of("room"), one.text_of("room_no"), one.text_of("name"), one.text_of("lock_uuid"),
                  one.text_of("how"), one.text_of("state"), one.text_of("note")});
    std::string out = rows.empty() ? std::string("no room has the number of a device\n") : rows.text();
    for (const auto& one : answer.find("unclear")->items())
        out += fmt::format("unclear, never bound: rooms {} and devices {}\n",
                           names_of(one.find("rooms"), "room_no", "room"),
                           names_of(one.find("devices"), "name", "lock_uuid"));
    const auto rooms = names_of(answer.find("rooms_left"), "room_no", "room");
    const auto devices = names_of(answer.find("devices_left"), "name", "lock_uuid");
    if (!rooms.empty()) out += fmt::format("rooms without a device: {}\n", rooms);
    if (!devices.empty()) out += fmt::format("devices without a room: {}\n", devices);
    return out;
}

std::size_t suggestions_in_state(const json_value& answer, std::string_view state) {
    std::size_t found = 0;
    for (const auto& one : answer.find("suggestions")->items()) found += one.text_of("state") == state ? 1 : 0;
    return found;
}

}  // namespace

printed directory_sync_now(const common_options& common, const binding_options& options) {
    const bool apply = options.yes && !options.dry_run;
    wire::json_writer body;
    body.begin_object().member("pms", options.pms).member("dry_run", !apply).member("actor", actor()).end_object();
    const auto said = call_service(common, patience, "/operator/directory/sync", body.text());
    if (!said) return said.error();
    const auto answer = json_value::parse(*said);
    if (!answer) return failure(answer.error());
    auto text = common.json ? *said + "\n" : sync_text(*answer, apply);
    return shown(std::move(text), !options.dry_run && !apply, changes_something(*answer));
}

// One room and one lock are named, so it is done at once, unless another room or another lock has to give way.
printed directory_bind(const common_options& common, const binding_options& options, bool unbind) {
    const auto path = unbind ? "/operator/directory/unbind" : "/operator/directory/bind";
    bool apply = options.yes && !options.dry_run;
    auto said = call_service(common, patience, path, binding_body(options, unbind, !apply));
    if (!said) return said.error();
    auto answer = json_value::parse(*said);
    if (!answer) return failure(answer.error());
    const bool something = changes_something(*answer);
    const bool alone = unbind || count(*answer, "locks_unbound") == 0;
    if (!apply && !options.dry_run && something && alone) {
        apply = true;
        said = call_service(common, patience, path, binding_body(options, unbind, false));
        if (!said) return said.error();
        answer = json_value::parse(*said);
        if (!answer) return failure(answer.error());
    }
    auto text = common.json ? *said + "\n" : differences_text(*answer);
    if (!common.json && !something) text += "it is so already\n";
    return shown(std::move(text), !options.dry_run && !apply, something);
}

printed directory_suggest(const common_options& common, const binding_options& options) {
    const bool apply = options.apply && options.yes;
    wire::json_writer body;
    body.begin_object().member("pms", options.pms).member("hotel", options.hotel).member("account", options.account);
    body.member("service", options.service).member("home", options.home).member("apply", apply);
    body.member("actor", actor()).end_object();
    const auto said = call_service(common, patience, "/operator/directory/suggest", body.text());
    if (!said) return said.error();
    const auto answer = json_value::parse(*said);
    if (!answer || answer->find("suggestions") == nullptr || answer->find("unclear") == nullptr)
        return failure(exit_code::failed, "the service's answer cannot be read");
    const auto possible = suggestions_in_state(*answer, "possible");
    const auto bound = suggestions_in_state(*answer, "bound");
    auto text = common.json ? *said + "\n" : suggestions_text(*answer);
    if (!common.json && apply) text += fmt::format("{} rooms bound\n", bound);
    if (!common.json && !apply && possible != 0 && !options.apply)
        text += fmt::format("{} rooms can be bound: --apply --yes does it\n", possible);
    return shown(std::move(text), options.apply && !apply, possible != 0);
}

}  // namespace lockhub::hub
