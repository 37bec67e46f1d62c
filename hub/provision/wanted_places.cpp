#include "hub/provision/wanted_places.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "schemas/core/limits.hpp"
#include "schemas/core/suggestions.hpp"

namespace lockhub::hub {

namespace {

using listing = std::vector<storage::directory_listing_row>;

bool is_ours(const storage::directory_listing_row& row, const account_id& account) {
    const bool bare = row.row.lock_uuid.empty() && row.card_lock_uuid.empty();
    return bare || row.row.cloud_account == account.value || row.card_account == account.value;
}

// As the account's own lock of the room has it; what another cloud's lock says is no name here.
directory_row as_bound_to(const storage::directory_listing_row& row, const account_id& account) {
    auto out = row.row;
    if (out.cloud_account == account.value) return out;
    out.lock_uuid.clear();
    out.cloud_home_id.clear();
    out.cloud_room_id.clear();
    return out;
}

std::string description_of(const directory_row& row) {
    const auto& type = row.room_type_name.empty() ? row.room_type_code : row.room_type_name;
    return row.floor_no.empty() ? type : fmt::format("{} {}层", type, row.floor_no);
}

result<wire::form> details_for(const place_codec& codec, const std::string& remembered, const wire::form& given) {
    const auto known = codec.details();
    std::map<std::string, std::string> merged;
    if (const auto before = wire::form::parse(remembered)) {
        for (const auto& [name, value] : before->fields()) merged[name] = value;
    }
    for (const auto& [name, value] : given.fields()) {
        if (std::ranges::find(known, name) == known.end()) {
            return fail(errc::invalid_input,
                        fmt::format("no detail '{}'{}; there are: {}", name, did_you_mean(name, known),
                                    known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "))));
        }
        merged[name] = value;
    }
    wire::form out;
    for (const auto& [name, value] : merged) {
        if (!value.empty()) out.add(name, value);
    }
    return out;
}

result<std::string> choose_home(const listing& rooms, const std::string& told_of, const provision_request& request) {
    if (!told_of.empty() && !request.home.empty() && request.home != told_of) {
        return fail(errc::conflict, fmt::format("hotel {} is home {} at {} already, not {}", request.hotel.value,
                                                told_of, request.account.value, request.home));
    }
    if (!request.home.empty()) return request.home;
    if (!told_of.empty()) return told_of;
    std::set<std::string> homes;
    for (const auto& one : rooms) {
        const auto row = as_bound_to(one, request.account);
        if (!row.cloud_home_id.empty()) homes.insert(row.cloud_home_id);
    }
    if (homes.size() > 1) {
        return fail(errc::conflict, fmt::format("the hotel's locks stand in several homes ({}): choose one with --home",
                                                fmt::join(homes, ", ")));
    }
    return homes.empty() ? request.hotel.value : *homes.begin();
}

place_home home_from(const storage::provisioned_home& told) {
    place_home out;
    out.id = told.home_id;
    for (const auto& place : told.places) {
        if (place.id.empty()) {
            out.name = place.name;
            if (auto details = wire::form::parse(place.description)) out.details = *std::move(details);
        } else if (may_be_there(place)) {
            out.rooms.push_back({place.room, place.id, place.name, place.description});
        }
    }
    return out;
}

void take_rooms(wanted_places& out, const place_codec& codec, const listing& rooms, const account_id& account) {
    for (const auto& one : rooms) {
        const auto row = as_bound_to(one, account);
        const bool elsewhere = !row.cloud_home_id.empty() && row.cloud_home_id != out.home.id;
        if (!is_ours(one, account) || elsewhere) {
            ++out.left_out;
            continue;
        }
        if (!row.lock_uuid.empty() && row.cloud_home_id.empty()) ++out.locks_lacking;
        out.home.rooms.push_back({.room = row.room_id,
                                  .id = codec.room_id(row),
                                  .name = row.room_no.empty() ? row.room_id : row.room_no,
                                  .description = description_of(row)});
    }
}

// Where one list names the rooms of every hotel, they share their names.
result<> check_ids(const wanted_places& wanted, place_way way) {
    std::map<std::string, std::string> owners;
    if (way == place_way::all_at_once) {
        for (const auto& other : wanted.others) {
            for (const auto& room : other.rooms) owners.emplace(room.id, fmt::format("a room of home {}", other.id));
        }
    }
    for (const auto& room : wanted.home.rooms) {
        if (room.id.size() > limits::id_bytes) {
            return fail(errc::too_large,
                        fmt::format("room {}: an id of more than {} bytes", room.room, limits::id_bytes));
        }
        const auto [at, fresh] = owners.emplace(room.id, "room " + room.room);
        if (fresh) continue;
        return fail(errc::conflict,
                    fmt::format("room {} would be '{}' there, which is {}: bind it to a lock of its own name first",
                                room.room, room.id, at->second));
    }
    return {};
}

}  // namespace

result<> check_hotel(const listing& rooms, provision_request& request) {
    if (rooms.empty()) {
        return fail(errc::not_found, fmt::format("the directory has no hotel {}{}", request.hotel.value,
                                                 request.pms.value.empty() ? "" : " of " + request.pms.value));
    }
    std::set<std::string> systems;
    for (const auto& one : rooms) systems.insert(one.row.pms_id);
    if (systems.size() > 1) {
        return fail(errc::conflict, fmt::format("hotel {} is known of more than one PMS ({}): choose one with --pms",
                                                request.hotel.value, fmt::join(systems, ", ")));
    }
    if (rooms.size() > limits::provision_rooms) {
        return fail(errc::too_large,
                    fmt::format("hotel {} has more than {} rooms", request.hotel.value, limits::provision_rooms));
    }
    request.pms = pms_id(*systems.begin());
    return {};
}

result<wanted_places> want_places(const place_codec& codec, const listing& rooms,
                                  const std::vector<storage::provisioned_home>& homes,
                                  const provision_request& request) {
    wanted_places out;
    out.pms = request.pms;
    out.hotel = request.hotel;
    std::string told_of, details;
    for (const auto& one : homes) {
        if (one.pms != request.pms || one.hotel != request.hotel) {
            out.others.push_back(home_from(one));
            continue;
        }
        told_of = one.home_id;
        out.remembered = one.places;
        if (!one.places.empty() && one.places.front().id.empty()) details = one.places.front().description;
    }
    auto home = choose_home(rooms, told_of, request);
    if (!home) return std::unexpected(std::move(home.error()));
    out.home.id = *std::move(home);
    if (std::ranges::find(out.others, out.home.id, &place_home::id) != out.others.end()) {
        return fail(errc::conflict, fmt::format("home {} at {} is another hotel's: choose another with --home",
                                                out.home.id, request.account.value));
    }
    const auto& named = rooms.front().row;
    out.home.name = named.hotel_name.empty() ? named.hotel_no : named.hotel_name;
    auto merged = details_for(codec, details, request.details);
    if (!merged) return std::unexpected(std::move(merged.error()));
    out.home.details = *std::move(merged);
    if (auto complete = codec.check(out.home); !complete) return std::unexpected(std::move(complete.error()));
    take_rooms(out, codec, rooms, request.account);
    if (auto sound = check_ids(out, codec.way()); !sound) return std::unexpected(std::move(sound.error()));
    return out;
}

}  // namespace lockhub::hub
