#include "schemas/yeeuu/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "schemas/wire/json_writer.hpp"
#include "schemas/yeeuu/requests.hpp"

namespace lockhub::yeeuu {

namespace {

constexpr std::array<std::string_view, 5> home_details{"provinceId", "cityId", "disId", "buildingNo", "unit"};
// The ids of an address come from 云柚's own table.
constexpr std::array<std::string_view, 3> needed_details{"provinceId", "cityId", "disId"};

std::string detail(const place_home& home, std::string_view name, std::string_view otherwise = {}) {
    const auto given = home.details.find(name).value_or("");
    return std::string(given.empty() ? otherwise : given);
}

void write_home(wire::json_writer& list, const place_home& home) {
    for (const auto& room : home.rooms) {
        const auto door = read_door(room.id);
        list.begin_object().member("buildingId", home.id).member("buildingName", home.name);
        list.member("buildingNo", detail(home, "buildingNo", "1")).member("cityId", detail(home, "cityId"));
        list.member("disId", detail(home, "disId")).member("provinceId", detail(home, "provinceId"));
        list.member("code", door.code).member("door", door.inner);
        list.member("doorType", door.inner.empty() ? "1" : "2").member("name", room.name);
        list.member("unit", detail(home, "unit", "1")).end_object();
    }
}

}  // namespace

std::span<const std::string_view> places::details() const {
    return home_details;
}

// The lock's id is the code of its apartment.
std::string places::room_id(const directory_row& row) const {
    return row.lock_uuid.empty() ? row.room_id : row.lock_uuid;
}

result<> places::check(const place_home& home) const {
    for (const auto name : needed_details) {
        if (home.details.find(name).value_or("").empty()) {
            return fail(
                errc::invalid_input,
                fmt::format("'{}' is missing: 云柚 wants the address of a home as provinceId=… cityId=… disId=…, "
                            "ids of its own table",
                            name));
        }
    }
    return {};
}

place_call places::call(const place_step& step, const place_home& home, std::span<const place_home> others) const {
    wire::json_writer list;
    list.begin_array();
    for (const auto& other : others) write_home(list, other);
    auto as_it_is_to_be = home;
    as_it_is_to_be.rooms = step.list;
    write_home(list, as_it_is_to_be);
    place_call out{"synchronize_apartments", {}};
    out.fields.add("apartmentList", list.end_array().take());
    return out;
}

place_outcome places::outcome(const place_step&, const method_answer& answer) const {
    const bool done = answer.what == method_answer::outcome::done;
    return {done ? place_outcome::kind::done : place_outcome::kind::refused, answer.code, answer.message};
}

}  // namespace lockhub::yeeuu
