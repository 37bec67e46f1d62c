#include "hub/directory/lock_suggestions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dispatch/net/await_store.hpp"
#include "schemas/core/limits.hpp"

namespace lockhub::hub {

namespace {

using dispatch::task;
using listing = std::vector<storage::directory_listing_row>;

// The room's lock for the service: "account/uuid", or "".
std::string lock_of(const storage::directory_listing_row& row, storage::lock_service service) {
    const bool card = service == storage::lock_service::card;
    const auto& account = card ? row.card_account : row.row.cloud_account;
    const auto& uuid = card ? row.card_lock_uuid : row.row.lock_uuid;
    return uuid.empty() ? std::string() : fmt::format("{}/{}", account, uuid);
}

suggestion_room room_of(const storage::directory_listing_row& row) {
    return {row.row.room_id, row.row.room_no};
}

std::string name_of(const storage::directory_listing_row& row) {
    return row.row.room_no.empty() ? row.row.room_id : row.row.room_no;
}

task<result<listing>> read_rooms(reader_pool& readers, const suggestion_request& request) {
    const auto pms = request.pms.value;
    const auto hotel = request.hotel.value;
    auto rows = co_await readers.read<listing>(
        [pms, hotel](storage::reader& from) { return from.list_directory(pms, hotel, limits::matched_rooms + 1); });
    if (!rows) co_return rows;
    if (rows->empty()) co_return fail(errc::not_found, fmt::format("the directory has no hotel {} of {}", hotel, pms));
    if (rows->size() > limits::matched_rooms)
        co_return fail(errc::too_large, fmt::format("hotel {} has more than {} rooms", hotel, limits::matched_rooms));
    co_return rows;
}

// Without one given: those the hotel's locks of this account are in; with none known, the cloud is asked without.
std::vector<std::string> homes_to_ask(const listing& rooms, const suggestion_request& request) {
    if (!request.home.empty()) return {request.home};
    std::set<std::string> homes;
    for (const auto& one : rooms) {
        if (one.row.cloud_account == request.account.value && !one.row.cloud_home_id.empty())
            homes.insert(one.row.cloud_home_id);
    }
    if (homes.empty()) return {""};
    return {homes.begin(), homes.end()};
}

task<result<std::vector<reported_device>>> read_devices(const suggestion_seams& seams, const listing& rooms,
                                                        const suggestion_request& request) {
    std::vector<reported_device> devices;
    for (const auto& home : homes_to_ask(rooms, request)) {
        vendor_command question;
        question.verb = command_verb::list_devices;
        question.cloud_home_id = home;
        auto facts = co_await seams.ask(request.account, std::move(question));
        if (!facts) co_return std::unexpected(std::move(facts.error()));
        for (auto& one : facts->devices) {
            if (std::ranges::find(devices, one.lock_uuid, &reported_device::lock_uuid) == devices.end())
                devices.push_back(std::move(one));
        }
        if (devices.size() > limits::matched_rooms)
            co_return fail(errc::too_large, fmt::format("the lock cloud lists more than {}", limits::matched_rooms));
    }
    co_return devices;
}

storage::lock_binding binding_of(const lock_suggestion& one, const suggestion_request& request, bool dry_run) {
    storage::lock_binding binding;
    binding.pms = request.pms;
    binding.hotel = request.hotel;
    binding.room = room_id(one.room.room);
    binding.service = request.service;
    binding.account = request.account;
    binding.lock_uuid = one.device.lock_uuid;
    binding.cloud_home_id = one.device.cloud_home_id;
    binding.cloud_room_id = one.device.cloud_room_id;
    binding.dry_run = dry_run;
    binding.actor = request.actor;
    return binding;
}

task<result<storage::directory_changed>> bind(storage::store& store, storage::lock_binding binding) {
    auto changed = co_await dispatch::await_store<storage::directory_changed>(
        [&](auto done) { store.bind_lock(std::move(binding), std::move(done)); });
    co_return changed;
}

std::string room_left_by(const storage::directory_changed& changed) {
    for (const auto& one : changed.differences) {
        if (one.what == storage::directory_difference::kind::lock_unbound)
            return fmt::format("room {} of hotel {} ({})", one.room, one.hotel, one.pms);
    }
    return "another room";
}

task<result<storage::nothing>> note_gateways(storage::store& store, storage::lock_gateways gateways) {
    auto submit = [&store, &gateways](storage::completion<storage::nothing> done) {
        store.note_gateways(std::move(gateways), std::move(done));
    };
    auto noted = co_await dispatch::await_store<storage::nothing>(submit);
    co_return noted;
}

// Tries the binding first: only one that takes nothing from another room is made.
task<result<>> judge(const suggestion_seams& seams, const suggestion_request& request, lock_suggestion& one) {
    using state = lock_suggestion::state;
    for (const bool dry_run : {true, false}) {
        if (!dry_run && !request.apply) break;
        auto changed = co_await bind(seams.store, binding_of(one, request, dry_run));
        if (!changed && changed.error().code == errc::unavailable) co_return std::unexpected(changed.error());
        if (!changed) {
            one.what = state::refused;
            one.note = changed.error().message;
            break;
        }
        if (dry_run && changed->locks_unbound > 0) {
            one.what = state::lock_taken;
            one.note = room_left_by(*changed);
            break;
        }
        one.what = dry_run ? state::possible : state::bound;
    }
    co_return result<>{};
}

// What the names alone say, with what stands against it in the rooms themselves.
lock_suggestions compare(const listing& rooms, std::vector<reported_device> devices,
                         const suggestion_request& request) {
    std::vector<std::string> room_names, device_names;
    for (const auto& one : rooms) room_names.push_back(name_of(one));
    for (const auto& one : devices) device_names.push_back(one.name);
    const auto matching = match_rooms(room_names, device_names);

    lock_suggestions out;
    out.rooms = rooms.size();
    out.devices = devices.size();
    for (const auto& match : matching.matches) {
        lock_suggestion one{.room = room_of(rooms[match.room]), .device = devices[match.device], .how = match.how};
        const auto lock = lock_of(rooms[match.room], request.service);
        if (lock == fmt::format("{}/{}", request.account.value, one.device.lock_uuid)) {
            one.what = lock_suggestion::state::as_before;
        } else if (!lock.empty()) {
            one.what = lock_suggestion::state::room_taken;
            one.note = lock;
        }
        out.suggestions.push_back(std::move(one));
    }
    for (const auto& unclear : matching.unclear) {
        auto& one = out.unclear.emplace_back();
        for (const auto i : unclear.rooms) one.rooms.push_back(room_of(rooms[i]));
        for (const auto i : unclear.devices) one.devices.push_back(devices[i]);
    }
    for (const auto i : matching.rooms_left)
        if (lock_of(rooms[i], request.service).empty()) out.rooms_left.push_back(room_of(rooms[i]));
    for (const auto i : matching.devices_left) out.devices_left.push_back(devices[i]);
    return out;
}

}  // namespace

std::string_view to_string(lock_suggestion::state state) {
    switch (state) {
        case lock_suggestion::state::possible:
            return "possible";
        case lock_suggestion::state::bound:
            return "bound";
        case lock_suggestion::state::as_before:
            return "as_before";
        case lock_suggestion::state::room_taken:
            return "room_taken";
        case lock_suggestion::state::lock_taken:
            return "lock_taken";
        case lock_suggestion::state::refused:
            return "refused";
    }
    return "";
}

task<result<lock_suggestions>> suggest_locks(const suggestion_seams& seams, suggestion_request request) {
    const auto rooms = co_await read_rooms(seams.readers, request);
    if (!rooms) co_return std::unexpected(rooms.error());
    auto devices = co_await read_devices(seams, *rooms, request);
    if (!devices) co_return std::unexpected(std::move(devices.error()));
    const storage::lock_gateways gateways{request.account, *devices};
    auto out = compare(*rooms, *std::move(devices), request);
    for (auto& one : out.suggestions) {
        if (one.what != lock_suggestion::state::possible) continue;
        auto judged = co_await judge(seams, request, one);
        if (!judged) co_return std::unexpected(std::move(judged.error()));
    }
    // After the binding: a lock nobody had heard of is known by now.
    auto noted = co_await note_gateways(seams.store, gateways);
    if (!noted) co_return std::unexpected(std::move(noted.error()));
    co_return out;
}

}  // namespace lockhub::hub
