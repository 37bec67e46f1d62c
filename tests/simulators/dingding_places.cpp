#include "tests/simulators/dingding_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tests/simulators/dingding_answers.hpp"
#include "tests/simulators/push_body.hpp"

namespace lockhub::simulators {

namespace {

constexpr std::array served{"add_home",         "update_home",  "del_home",    "find_home_state",
                            "find_home_states", "add_room",     "update_room", "del_room",
                            "order_add",        "order_update", "find_orders"};

place_answer fine(std::string_view more = {}) {
    return {.number = 0, .body = success_json(more), .home_gone = {}, .room_gone = {}};
}

place_answer refused(std::int64_t number) {
    return {.number = number, .body = refusal_json(number), .home_gone = {}, .room_gone = {}};
}

std::string state_json(const dingding_home& home) {
    return fmt::format(R"({{"sp_state":{},"install_state":{}}})", home.sp_state, home.install_state);
}

}  // namespace

bool dingding_places::serves(std::string_view verb) {
    return std::ranges::find(served, verb) != served.end();
}

dingding_home* dingding_places::find(std::string_view home) {
    const auto found = homes_.find(home);
    return found == homes_.end() ? nullptr : &found->second;
}

void dingding_places::install(std::string_view home_id, std::string_view room, std::string_view name) {
    if (home_id.empty()) return;
    auto& home = homes_[std::string(home_id)];
    home.install_state = 5;
    if (home.name.empty()) home.name = home_id;
    if (!room.empty() && !home.rooms.contains(room)) {
        home.rooms[std::string(room)] = {.name = std::string(name), .description = {}};
    }
}

place_answer dingding_places::handle(const dingding_call& call, std::int64_t service_id, time_point now) {
    const auto verb = call.verb->name;
    if (call.get("home_id").empty() && verb != "del_room") return refused(bad_parameter);
    if (verb == "add_home") return add_home(call);
    if (verb == "update_home") return update_home(call);
    if (verb == "del_home") return delete_home(call, service_id);
    if (verb == "add_room" || verb == "update_room") return change_room(call);
    if (verb == "del_room") return delete_room(call);
    if (verb == "order_add") return add_order(call, now);
    if (verb == "order_update") return update_order(call, now);
    if (verb == "find_orders") return find_orders(call);
    if (verb == "find_home_states") return find_states(call);
    const auto* home = find(call.get("home_id"));
    return home ? fine("\"result\":" + state_json(*home)) : refused(no_record);
}

place_answer dingding_places::untrue_answer(const dingding_call& call, std::int64_t service_id) {
    if (call.verb->name == "del_home") return fine(fmt::format(R"("serviceid":"{}")", service_id));
    if (call.verb->name == "add_room") return fine("\"room_id\":" + quoted(call.get("room_id")));
    return fine();
}

place_answer dingding_places::add_home(const dingding_call& call) {
    if (find(call.get("home_id"))) return refused(duplicate);
    dingding_home home;
    home.name = call.get("home_name");
    home.location = call.get("location");
    home.description = call.get("description");
    homes_.emplace(call.get("home_id"), std::move(home));
    return fine();
}

// What is left out stays as it is.
place_answer dingding_places::update_home(const dingding_call& call) {
    auto* home = find(call.get("home_id"));
    if (!home) return refused(no_record);
    if (!call.get("sp_state").empty()) {
        const auto state = call.number("sp_state");
        if (state != 1 && state != 2) return refused(bad_parameter);
        home->sp_state = static_cast<int>(*state);
    }
    const auto take = [&](std::string_view name, std::string& into) {
        if (call.parameters.contains(name)) into = call.get(name);
    };
    take("home_name", home->name);
    take("location", home->location);
    take("description", home->description);
    return fine();
}

// Its gateway is deleted first where it has one, so the answer names a service to wait for.
place_answer dingding_places::delete_home(const dingding_call& call, std::int64_t service_id) {
    const auto id = call.get("home_id");
    if (homes_.erase(id) == 0) return refused(no_record);
    auto out = fine(fmt::format(R"("serviceid":"{}")", service_id));
    out.home_gone = id;
    return out;
}

place_answer dingding_places::find_states(const dingding_call& call) const {
    std::string states;
    for (const auto& id : items_of(call.get("home_id"))) {
        const auto found = homes_.find(id);
        if (found == homes_.end()) continue;
        states += fmt::format("{}{}:{}", states.empty() ? "" : ",", quoted(id), state_json(found->second));
    }
    return fine("\"result\":{" + states + "}");
}

place_answer dingding_places::change_room(const dingding_call& call) {
    auto* home = find(call.get("home_id"));
    const auto id = call.get("room_id"), name = call.get("room_name"), description = call.get("room_description");
    if (id.empty() || name.empty() || description.empty()) return refused(bad_parameter);
    if (!home) return refused(no_record);
    const bool adds = call.verb->name == "add_room";
    if (adds == home->rooms.contains(id)) return refused(adds ? duplicate : no_room);
    home->rooms[id] = {name, description};
    return adds ? fine("\"room_id\":" + quoted(id)) : fine();
}

// Without its home where no other has a room of that id.
place_answer dingding_places::delete_room(const dingding_call& call) {
    const auto id = call.get("room_id"), named = call.get("home_id");
    if (id.empty()) return refused(bad_parameter);
    std::vector<std::string> in;
    for (const auto& [home_id, home] : homes_) {
        if ((named.empty() || named == home_id) && home.rooms.contains(id)) in.push_back(home_id);
    }
    if (in.empty()) return refused(!named.empty() && !find(named) ? no_record : no_room);
    if (in.size() > 1) return refused(bad_parameter);
    homes_.find(in.front())->second.rooms.erase(id);
    auto out = fine();
    out.room_gone = {in.front(), id};
    return out;
}

void dingding_places::write(wire::json_writer& out) const {
    out.key("homes").begin_array();
    for (const auto& [id, home] : homes_) {
        out.begin_object().member("home_id", id).member("home_name", home.name).member("location", home.location);
        out.member("description", home.description).member("sp_state", home.sp_state);
        out.member("install_state", home.install_state).key("rooms").begin_array();
        for (const auto& [room_id, room] : home.rooms) {
            out.begin_object().member("room_id", room_id).member("room_name", room.name);
            out.member("room_description", room.description).end_object();
        }
        out.end_array().end_object();
    }
    out.end_array().key("orders").begin_array();
    for (const auto& [id, home] : homes_) {
        if (home.order) out.raw(order_json(id, *home.order));
    }
    out.end_array();
}

void dingding_places::restore(const wire::json_value& state) {
    const auto* homes = state.find("homes");
    if (!homes) return;
    for (const auto& in : homes->items()) {
        auto& home = homes_[in.text_of("home_id")];
        home.name = in.text_of("home_name");
        home.location = in.text_of("location");
        home.description = in.text_of("description");
        home.sp_state = static_cast<int>(in.integer_of("sp_state").value_or(1));
        home.install_state = static_cast<int>(in.integer_of("install_state").value_or(4));
        const auto* rooms = in.find("rooms");
        if (!rooms) continue;
        for (const auto& room : rooms->items()) {
            home.rooms[room.text_of("room_id")] = {room.text_of("room_name"), room.text_of("room_description")};
        }
    }
}

}  // namespace lockhub::simulators
