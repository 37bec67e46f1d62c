#include "schemas/domain/provisioning.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/core/name_table.hpp"

namespace lockhub {

namespace {

using enum place_difference::kind;

const remembered_place* find(std::span<const remembered_place> all, std::string_view id) {
    const auto found = std::ranges::find(all, id, &remembered_place::id);
    return found == all.end() ? nullptr : &*found;
}

bool may_be_there(const remembered_place* known) {
    return known != nullptr && lockhub::may_be_there(*known);
}

bool in_doubt(const remembered_place* known) {
    return known != nullptr && (known->state == place_state::sent || known->state == place_state::doubtful);
}

std::string text_of(std::string_view name, std::string_view description) {
    return description.empty() ? std::string(name) : fmt::format("{} ({})", name, description);
}

remembered_place home_record(const place_home& home, place_change change, place_state state) {
    return {.id = {},
            .room = {},
            .name = home.name,
            .description = home.details.encode(),
            .change = change,
            .state = state,
            .message = {}};
}

remembered_place room_record(const place_room& room, place_change change, place_state state) {
    return {.id = room.id,
            .room = room.room,
            .name = room.name,
            .description = room.description,
            .change = change,
            .state = state,
            .message = {}};
}

place_room room_of(const remembered_place& known) {
    return {known.room, known.id, known.name, known.description};
}

class planner {
  public:
    planner(place_way way, const place_home& wanted, std::span<const remembered_place> remembered,
            const seen_places& seen, bool prune)
        : way_(way), wanted_(wanted), remembered_(remembered), seen_(seen), prune_(prune) {
        home_is_there_ = seen.home.value_or(may_be_there(find(remembered, "")));
    }

    place_plan plan() {
        plan_home();
        for (const auto& room : wanted_.rooms) plan_room(room);
        if (home_is_there_) plan_rest();
        if (way_ == place_way::all_at_once) gather();
        return std::move(out_);
    }

  private:
    void plan_home() {
        const auto* known = find(remembered_, "");
        const auto as_wanted = home_record(wanted_, place_change::add, place_state::present);
        const bool same = known != nullptr && known->name == as_wanted.name &&
                          known->description == as_wanted.description && known->state == place_state::present;
        if (home_is_there_ && same) {
            ++out_.unchanged;
            return;
        }
        const auto change = home_is_there_ ? place_change::change : place_change::add;
        const auto what = !home_is_there_ ? home_added : in_doubt(known) ? home_in_doubt : home_changed;
        out_.differences.push_back({.what = what,
                                    .room = {},
                                    .before = home_is_there_ && known != nullptr ? known->name : std::string(),
                                    .after = wanted_.name,
                                    .note = wanted_.id});
        out_.steps.push_back({.what = place_step::kind::home, .change = change, .room = {}, .list = {}, .gone = {}});
    }

    void plan_room(const place_room& room) {
        const auto* known = find(remembered_, room.id);
        const auto lock = std::ranges::find(seen_.locks, room.id, &reported_device::cloud_room_id);
        const bool has_lock = lock != seen_.locks.end();
        const bool there = home_is_there_ && (may_be_there(known) || has_lock);
        const bool same = known != nullptr && known->name == room.name && known->description == room.description &&
                          known->state == place_state::present;
        if (there && same) {
            ++out_.unchanged;
            return;
        }
        place_difference line{.what = room_added,
                              .room = room.room,
                              .before = {},
                              .after = text_of(room.name, room.description),
                              .note = {}};
        if (there) line.what = in_doubt(known) ? room_in_doubt : room_changed;
        if (there && known != nullptr) line.before = text_of(known->name, known->description);
        if (has_lock) line.note = "lock " + lock->lock_uuid;
        out_.differences.push_back(std::move(line));
        add_step(there ? place_change::change : place_change::add, room);
    }

    // What is there and not wanted.
    void plan_rest() {
        for (const auto& known : remembered_) {
            if (known.id.empty() || is_wanted(known.id) || !may_be_there(&known)) continue;
            const auto lock = std::ranges::find(seen_.locks, known.id, &reported_device::cloud_room_id);
            plan_left(room_of(known), lock == seen_.locks.end() ? "" : lock->lock_uuid);
        }
        for (const auto& lock : seen_.locks) {
            const auto& id = lock.cloud_room_id;
            if (id.empty() || id == wanted_.id || is_wanted(id) || find(remembered_, id) != nullptr) continue;
            if (std::ranges::find(strangers_, id) != strangers_.end()) continue;
            strangers_.push_back(id);
            plan_left({.room = {}, .id = id, .name = lock.name, .description = {}}, lock.lock_uuid);
        }
    }

    void plan_left(const place_room& room, std::string_view lock) {
        out_.differences.push_back({.what = prune_ ? room_removed : room_left,
                                    .room = room.room.empty() ? room.id : room.room,
                                    .before = text_of(room.name, room.description),
                                    .after = {},
                                    .note = lock.empty() ? std::string() : fmt::format("lock {}", lock)});
        if (prune_) add_step(place_change::remove, room);
    }

    void add_step(place_change change, const place_room& room) {
        out_.steps.push_back({.what = place_step::kind::room, .change = change, .room = room, .list = {}, .gone = {}});
    }

    // One call instead: the list as it is to be.
    void gather() {
        if (out_.steps.empty()) return;
        place_step all{.what = place_step::kind::everything,
                       .change = place_change::change,
                       .room = {},
                       .list = wanted_.rooms,
                       .gone = {}};
        for (const auto& known : remembered_) {
            if (known.id.empty() || is_wanted(known.id) || !may_be_there(&known)) continue;
            if (prune_)
                all.gone.push_back(known.id);
            else
                all.list.push_back(room_of(known));
        }
        out_.steps.clear();
        out_.steps.push_back(std::move(all));
    }

    bool is_wanted(std::string_view id) const {
        return std::ranges::find(wanted_.rooms, id, &place_room::id) != wanted_.rooms.end();
    }

    place_way way_;
    const place_home& wanted_;
    std::span<const remembered_place> remembered_;
    const seen_places& seen_;
    bool prune_;
    bool home_is_there_ = false;
    std::vector<std::string> strangers_;
    place_plan out_;
};

constexpr name_table<place_state, place_state::doubtful> state_names{{"wanted", "sent", "present", "doubtful"}};
constexpr name_table<place_change, place_change::remove> change_names{{"add", "change", "remove"}};
constexpr name_table<place_difference::kind, room_lacking> difference_names{
    {"home_added", "home_changed", "home_in_doubt", "room_added", "room_changed", "room_in_doubt", "room_removed",
     "room_left", "room_lacking"}};
static_assert(state_names.whole() && change_names.whole() && difference_names.whole());

}  // namespace

std::string_view to_string(place_state state) {
    return state_names.of(state);
}
std::string_view to_string(place_change change) {
    return change_names.of(change);
}
std::string_view to_string(place_difference::kind what) {
    return difference_names.of(what);
}
std::optional<place_state> place_state_from(std::string_view name) {
    return state_names.find(name);
}
std::optional<place_change> place_change_from(std::string_view name) {
    return change_names.find(name);
}

bool is_work(place_difference::kind what) {
    return what != room_left && what != room_lacking;
}

bool may_be_there(const remembered_place& known) {
    return known.state != place_state::wanted || known.change != place_change::add;
}

place_plan plan_places(place_way way, const place_home& wanted, std::span<const remembered_place> remembered,
                       const seen_places& seen, bool prune) {
    return planner(way, wanted, remembered, seen, prune).plan();
}

std::vector<remembered_place> intent_of(const place_step& step, const place_home& home) {
    switch (step.what) {
        case place_step::kind::home:
            return {home_record(home, step.change, place_state::sent)};
        case place_step::kind::room:
            return {room_record(step.room, step.change, place_state::sent)};
        case place_step::kind::everything:
            break;
    }
    std::vector<remembered_place> out{home_record(home, place_change::change, place_state::sent)};
    for (const auto& room : step.list) out.push_back(room_record(room, place_change::change, place_state::sent));
    return out;
}

step_memory memory_of(const place_step& step, const place_home& home, std::span<const remembered_place> before,
                      step_end how, std::string_view message) {
    step_memory out;
    const bool removes = step.change == place_change::remove;
    if (how == step_end::done && removes) {
        out.gone.push_back(step.room.id);
        return out;
    }
    if (how == step_end::not_done && removes && find(before, step.room.id) == nullptr) {
        out.gone.push_back(step.room.id);  // it was never ours to remember
        return out;
    }
    for (auto& place : intent_of(step, home)) {
        const auto* known = find(before, place.id);
        if (how == step_end::done) {
            place.state = place_state::present;
        } else if (how == step_end::in_doubt) {
            place.state = place_state::doubtful;
            place.message = message;
        } else {
            place.state = place_state::wanted;
            place.message = message;
            if (!may_be_there(known)) place.change = place_change::add;
            // Not removed, or as it was already: it is there all the same.
            const bool as_before = known != nullptr && known->state == place_state::present &&
                                   (removes || (known->name == place.name && known->description == place.description));
            if (as_before) place = *known;
        }
        out.places.push_back(std::move(place));
    }
    if (how == step_end::done) out.gone = step.gone;
    return out;
}

}  // namespace lockhub
