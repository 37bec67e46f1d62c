#include "storage/sqlite/repairing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/wire/digest.hpp"
#include "storage/sqlite/action_target.hpp"
#include "storage/sqlite/action_units.hpp"
#include "storage/sqlite/drift_keeping.hpp"

namespace lockhub::storage::sqlite {

namespace {

// What is set anew replaces; the others name the one PIN they are about.
command_verb action_verb(command_verb repair) {
    return repair == command_verb::replace_pin ? command_verb::set_pin : repair;
}

std::array<std::byte, 16> key_of(std::int64_t difference) {
    std::array<std::byte, 16> key{};
    const auto text = fmt::format("repair {}", difference);
    for (std::size_t i = 0; i < key.size() && i < text.size(); ++i) key[i] = static_cast<std::byte>(text[i]);
    return key;
}

class repairer {
  public:
    repairer(workspace& w, const lock_place& lock, time_point now) : w_(w), lock_(lock), now_(now) {}

    // False: another difference may be tried instead.
    bool open(const difference_record& difference, command_verb repair) {
        const auto verb = action_verb(repair);
        const auto* traits = w_.accounts.find(lock_.account);
        if (!traits || !traits->verbs.has(repair)) return leave(difference, "the lock cloud has no call for it");
        if (!difference.room_row) return leave(difference, "its room is not known");
        if (w_.directory.lock_of_room(*difference.room_row, password_service) != lock_.row)
            return leave(difference, "the room has another lock now");
        if (w_.actions.has_waiting_pin_action(*difference.room_row, difference.manage)) return false;
        auto request = request_for(difference, verb);
        if (verb == command_verb::set_pin && request.pin.empty()) return leave(difference, "its digits are not kept");
        const auto place = w_.directory.room_at(*difference.room_row);
        request.pms = pms_id(place.pms);
        request.hotel = hotel_no(place.hotel);
        request.room = room_id(place.room);
        const action_target target{
            .hotel_row = place.hotel_row, .room = place, .lock = lock_, .account = lock_.account};
        opened_ = open_repair_action(w_, request, target);
        const bool makes_new = repair == command_verb::set_pin;
        w_.repairs.insert({.action = opened_,
                           .difference = difference.id,
                           .credential_ref = makes_new ? std::string() : difference.credential_ref},
                          now_);
        w_.differences.set_tries(difference.id, difference.tries + 1);
        w_.differences.set_state(difference.id, drift_state::repairing, "");
        return true;
    }

    const std::string& opened() const { return opened_; }

  private:
    bool leave(const difference_record& difference, std::string_view reason) {
        w_.differences.set_state(difference.id, difference.state, reason);
        return false;
    }

    action_request request_for(const difference_record& difference, command_verb verb) {
        action_request out;
        out.method = repair_method;
        out.request_key = key_of(difference.id);
        out.verb = verb;
        out.manage = difference.manage;
        out.operator_name = repair_operator;
        out.callback = std::nullopt;
        if (verb != command_verb::set_pin) return out;
        out.valid_until = difference.wanted_until;
        const auto made = w_.actions.find(difference.action);
        if (made && !made->sealed_pin.empty()) out.pin = w_.seal.open(made->sealed_pin, made->action);
        return out;
    }

    workspace& w_;
    const lock_place& lock_;
    time_point now_;
    std::string opened_;
};

// Suspends it when enough was tried.
bool may_be_tried(workspace& w, const difference_record& difference, time_point now) {
    if (difference.state != drift_state::open) return false;
    const auto since = std::max(now - duration(limits::repair_window), difference.tries_from);
    if (w.repairs.opened_since(difference.id, since) < limits::repair_tries) return true;
    w.differences.suspend(difference.id, fmt::format("{} repairs within {} did not help", limits::repair_tries,
                                                     format_duration(limits::repair_window)));
    return false;
}

}  // namespace

repair_choice repair_one(workspace& w, const lock_place& lock, const std::vector<mendable>& wanted, time_point now) {
    std::vector<std::pair<difference_record, command_verb>> candidates;
    for (const auto& one : wanted)
        if (auto row = w.differences.find(one.difference)) candidates.emplace_back(*std::move(row), one.repair);
    const auto rank = [](const auto& c) { return std::tuple(c.first.tries, c.first.kind, c.first.id); };
    std::ranges::sort(candidates, {}, rank);
    std::erase_if(candidates, [&](const auto& c) { return !may_be_tried(w, c.first, now); });
    if (candidates.empty()) return {};
    if (believed_offline(w, lock, now)) return {};
    if (w.differences.repairing(lock.account) >= limits::repairs_in_flight)
        return {.opened = std::nullopt, .again_soon = true};
    repairer mend(w, lock, now);
    for (const auto& [difference, repair] : candidates) {
        if (mend.open(difference, repair)) return {.opened = action_id(mend.opened()), .again_soon = false};
    }
    return {};
}

}  // namespace lockhub::storage::sqlite
