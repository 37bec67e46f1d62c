#include "schemas/dingding/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "schemas/dingding/readings.hpp"

namespace lockhub::dingding {

namespace {

constexpr std::int64_t duplicate = 11000, no_record = 15006, no_room = 15012;
constexpr std::array<std::string_view, 7> home_details{"location", "description", "country",  "city",
                                                       "zone",     "block",       "home_type"};
// update_home takes these alone.
constexpr std::array<std::string_view, 2> changeable_details{"location", "description"};

std::string state_words(const wire::json_value& result) {
    const auto installed = result.integer_of("sp_state");
    const auto assigned = result.integer_of("install_state");
    const std::string_view may = installed == 1   ? "未安装 (not installed)"
                                 : installed == 2 ? "可管理 (manageable)"
                                                  : "?";
    const std::string_view how = assigned == 3   ? "已分配安装 (installer assigned)"
                                 : assigned == 4 ? "未分配安装 (no installer assigned)"
                                 : assigned == 5 ? "已完成安装 (installed)"
                                                 : "?";
    return fmt::format("sp_state {} {}, install_state {} {}", result.text_of("sp_state"), may,
                       result.text_of("install_state"), how);
}

place_call home_call(const place_step& step, const place_home& home) {
    const bool adds = step.change == place_change::add;
    place_call out{adds ? "add_home" : "update_home", {}};
    out.fields.add("home_id", home.id);
    out.fields.add("home_name", home.name);
    for (const auto& [name, value] : home.details.fields()) {
        if (adds || std::ranges::find(changeable_details, name) != changeable_details.end()) {
            out.fields.add(name, value);
        }
    }
    return out;
}

}  // namespace

std::span<const std::string_view> places::details() const {
    return home_details;
}

std::string places::room_id(const directory_row& row) const {
    return row.cloud_room_id.empty() ? row.room_id : row.cloud_room_id;
}

std::vector<place_call> places::questions(std::string_view home_id) const {
    const wire::form home({{"home_id", std::string(home_id)}});
    return {{"find_home_state", home}, {"find_home_device", home}};
}

result<> places::read(const place_call& asked, const method_answer& answer, seen_places& into) const {
    const bool refused = answer.what == method_answer::outcome::refused;
    if (asked.method == "find_home_state" && refused && answer.code == no_record) {
        into.home = false;
        return {};
    }
    if (refused) return fail(errc::conflict, fmt::format("{}: {} {}", asked.method, answer.code, answer.message));
    if (asked.method == "find_home_state") {
        into.home = true;
        if (const auto* state = answer.body.find("result")) into.note = state_words(*state);
        return {};
    }
    vendor_command listing;
    listing.verb = command_verb::list_devices;
    listing.cloud_home_id = asked.fields.find("home_id").value_or("");
    auto facts = read_facts(listing, answer.body);
    if (!facts) return std::unexpected(std::move(facts.error()));
    into.locks = std::move(facts->devices);
    return {};
}

place_call places::call(const place_step& step, const place_home& home, std::span<const place_home>) const {
    if (step.what != place_step::kind::room) return home_call(step, home);
    place_call out;
    out.fields.add("home_id", home.id);
    out.fields.add("room_id", step.room.id);
    if (step.change == place_change::remove) {
        out.method = "del_room";
        return out;
    }
    out.method = step.change == place_change::add ? "add_room" : "update_room";
    out.fields.add("room_name", step.room.name);
    out.fields.add("room_description", step.room.description.empty() ? step.room.name : step.room.description);
    return out;
}

place_outcome places::outcome(const place_step& step, const method_answer& answer) const {
    place_outcome out{place_outcome::kind::refused, answer.code, answer.message};
    const bool adds = step.change == place_change::add;
    if (answer.what == method_answer::outcome::done) {
        out.what = place_outcome::kind::done;
    } else if (adds && answer.code == duplicate) {
        out.what = place_outcome::kind::there_already;
    } else if (!adds && (answer.code == no_room || answer.code == no_record)) {
        out.what = place_outcome::kind::not_there;
    }
    return out;
}

}  // namespace lockhub::dingding
