#include "storage/sqlite/delivery_units.hpp"

#include <algorithm>
#include <stdexcept>

#include "storage/sqlite/command_outcome.hpp"
#include "storage/sqlite/lane_keeping.hpp"

namespace lockhub::storage::sqlite {

namespace {

void write_attempt(workspace& w, const delivery_head& delivery, const delivery_settlement& s) {
    w.attempts.insert({.delivery = delivery.id,
                       .number = delivery.attempts,
                       .started_at = s.started_at,
                       .finished_at = s.finished_at,
                       .why = s.why,
                       .http_status = s.http_status,
                       .message = s.message,
                       .response = std::string_view(s.response).substr(0, limits::response_copy_bytes)});
}

std::string_view reason_now(const workspace& w, const delivery_head& delivery) {
    const auto event = event_kind_from(delivery.event).value_or(event_kind::other);
    return w.policies.reason_to_hold(delivery.pms, delivery.kind, event).value_or(held_reason::dispatcher);
}

bool settle(workspace& w, const delivery_settlement& s, time_point now) {
    const auto delivery = w.outbox.find(s.id.value);
    if (!delivery || delivery->state != delivery_state::leased || delivery->lease_token != s.lease_token) return false;
    if (s.count_attempt) write_attempt(w, *delivery, s);
    const attempt_note note{
        .attempts = s.count_attempt ? delivery->attempts : delivery->attempts - 1, .why = s.why, .message = s.message};
    switch (s.next) {
        case delivery_state::ready:
            w.outbox.reschedule(delivery->id, s.due_at, note);
            w.hints.delivery_due(delivery->pms, s.due_at);
            return true;
        case delivery_state::delivered:
        case delivery_state::dead:
            w.outbox.finish(delivery->id, s.next, now, note);
            break;
        case delivery_state::held:
            w.outbox.hold(delivery->id, reason_now(w, *delivery), note);
            break;
        default:
            throw std::logic_error("an attempt does not end in this state");
    }
    release_lane(w, delivery->lane);
    return true;
}

// Brings the outbox in line with the policies, a bounded step at a time: what waits for a PMS that is switched off or
// gone is held, what was held for a reason that no longer stands goes back into its lane.
class policy_release final : public unit {
  public:
    explicit policy_release(workspace& w) : w_(w) {}

    std::size_t bytes() const override { return sizeof(*this); }
    void committed() override { reached_ = next_; }
    bool finished() const override { return reached_.started && reached_.all_held && reached_.heaps.empty(); }
    delivered_completion complete() override {
        return [] {};
    }
    delivered_completion refuse(error) override {
        return [] {};
    }

    void apply() override {
        next_ = reached_;
        if (!next_.started) start();
        std::size_t room = limits::bulk_step_rows;
        while (room > 0 && !next_.all_held) hold_some(room);
        while (room > 0 && !next_.heaps.empty()) look_through(next_.heaps.back(), room);
    }

  private:
    // What is held for one PMS and one reason.
    struct heap {
        std::string pms;
        std::string_view reason;
        std::int64_t after = 0;  // looked through up to this delivery
    };
    struct progress {
        bool started = false;
        bool all_held = false;
        std::string holding_after;  // every PMS up to this one holds what it must
        std::vector<heap> heaps;
    };

    void start() {
        next_.started = true;
        auto systems = w_.policies.systems();
        std::ranges::sort(systems);
        for (const auto& pms : systems)
            for (const auto reason : {held_reason::pms_unknown, held_reason::pms_disabled, held_reason::no_url,
                                      held_reason::not_subscribed})
                next_.heaps.push_back({pms.value, reason, 0});
    }

    // Of the next PMS that may get nothing at all. Holding the head of a lane makes the one behind it ready: it is met
    // in a later turn, so a PMS is done when it has nothing ready.
    void hold_some(std::size_t& room) {
        const auto pms = w_.outbox.next_pms_with_work(next_.holding_after);
        if (pms.empty()) {
            next_.all_held = true;
            return;
        }
        const auto reason = w_.policies.reason_to_hold(pms, delivery_kind::password_result, event_kind::other);
        const bool nothing_goes = reason == held_reason::pms_unknown || reason == held_reason::pms_disabled;
        const auto rows = nothing_goes ? w_.outbox.ready_of(pms, room) : std::vector<delivery_head>();
        for (const auto& waiting : rows) {
            w_.outbox.hold_unsent(waiting.id, *reason);
            release_lane(w_, waiting.lane);
        }
        room -= rows.size();
        if (rows.empty()) next_.holding_after = pms;
    }

    void look_through(heap& h, std::size_t& room) {
        const auto rows = w_.outbox.held_for(h.reason, h.pms, h.after, room);
        for (const auto& held : rows) judge(h, held);
        const bool was_last = rows.size() < room;
        room -= rows.size();
        if (was_last)
            next_.heaps.pop_back();
        else
            h.after = rows.back().id;
    }

    void judge(const heap& h, const delivery_head& held) {
        const auto event = event_kind_from(held.event).value_or(event_kind::other);
        const auto still = w_.policies.reason_to_hold(h.pms, held.kind, event);
        if (still) {
            if (*still != h.reason) w_.outbox.change_held_reason(held.id, *still);
            return;
        }
        const auto now = w_.now();
        if (w_.outbox.rejoin(held.id, held.lane, now) == delivery_state::ready) w_.hints.delivery_due(held.pms, now);
    }

    workspace& w_;
    progress reached_;  // as committed
    progress next_;     // as the running turn leaves it
};

}  // namespace

result<std::vector<leased_delivery>> lease_deliveries(workspace& w, const delivery_lease_request& request) {
    const auto now = w.now();
    std::vector<leased_delivery> out;
    for (const auto& share : request.shares) {
        const auto& pms = share.pms.value;
        for (const auto& lost : w.outbox.expired_leases(pms, now, limits::lease_batch)) take_back(w, lost, now);
        auto due = w.outbox.due(pms, now, share.limit);
        for (auto& delivery : due) {
            w.outbox.lease(delivery.id.value, request.owner, now, now + request.lease);
            out.push_back(std::move(delivery));
        }
        if (const auto next = w.outbox.next_due(pms)) w.hints.delivery_due(pms, *next);
    }
    return out;
}

result<std::vector<bool>> settle_deliveries(workspace& w, const std::vector<delivery_settlement>& settlements) {
    const auto now = w.now();
    std::vector<bool> applied;
    applied.reserve(settlements.size());
    for (const auto& s : settlements) applied.push_back(settle(w, s, now));
    return applied;
}

result<nothing> recover(workspace& w, const std::string& owner) {
    const auto now = w.now();
    for (const auto& lost : w.outbox.leases_of_others(owner)) take_back(w, lost, now);
    for (auto& lost : w.commands.leases_of_others(owner)) take_back(w, lost, now);
    for (auto pms = w.outbox.next_pms_with_work(""); !pms.empty(); pms = w.outbox.next_pms_with_work(pms))
        if (const auto due = w.outbox.next_due(pms)) w.hints.delivery_due(pms, *due);
    for (const auto& account : w.commands.accounts_with_work())
        if (const auto due = w.commands.next_due(account, gateway_calls{})) w.hints.command_due(account, *due);
    return nothing{};
}

result<std::vector<recent_send>> recent_sends(workspace& w, const time_point& since) {
    auto out = w.outbox.leased_since(since);
    auto finished = w.attempts.recent(since, limits::recent_sends);
    out.insert(out.end(), std::make_move_iterator(finished.begin()), std::make_move_iterator(finished.end()));
    std::ranges::sort(out, {}, [](const recent_send& s) { return std::pair(s.sent_at, s.delivery); });
    return out;
}

result<nothing> set_policies(workspace& w, const std::vector<pms_policy>& policies) {
    w.policies.set(policies);
    return nothing{};
}

unit_pointer make_policy_release(workspace& w) {
    return std::make_unique<policy_release>(w);
}

}  // namespace lockhub::storage::sqlite
