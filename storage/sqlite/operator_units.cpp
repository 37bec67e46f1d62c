#include "storage/sqlite/operator_units.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "storage/sqlite/delivery_query.hpp"
#include "storage/sqlite/lane_keeping.hpp"

namespace lockhub::storage {

std::string_view to_string(delivery_verb verb) {
    switch (verb) {
        case delivery_verb::retry:
            return "retry";
        case delivery_verb::hold:
            return "hold";
        case delivery_verb::release:
            return "release";
        case delivery_verb::discard:
            return "discard";
    }
    return "retry";
}

}  // namespace lockhub::storage

namespace lockhub::storage::sqlite {

namespace {

struct matched_delivery {
    std::int64_t id = 0;
    std::int64_t lane = 0;
    delivery_state state = delivery_state::ready;
    std::string pms;
    std::uint32_t attempts = 0;
    error_class why = error_class::none;
    std::string message;
    time_point due_at{};
};

class delivery_change final : public unit {
  public:
    delivery_change(workspace& w, operator_change change, completion<operator_changed> done)
        : w_(w), change_(std::move(change)), done_(std::move(done)) {}

    std::size_t bytes() const override { return sizeof(*this) + change_.filter.ids.size() * sizeof(std::int64_t); }

    void apply() override {
        next_ = reached_;
        if (next_.last_id == 0) begin();
        step();
    }

    void committed() override { reached_ = next_; }
    bool finished() const override { return reached_.next_id > reached_.last_id; }

    delivered_completion complete() override {
        return [done = std::move(done_), counts = reached_.counts]() mutable { done(counts); };
    }
    delivered_completion refuse(error why) override {
        return [done = std::move(done_), why = std::move(why)]() mutable { done(std::unexpected(std::move(why))); };
    }

  private:
    struct progress {
        std::int64_t next_id = 0;
        std::int64_t last_id = 0;
        std::int64_t audit_id = 0;
        operator_changed counts;
    };

    void begin() {
        const auto& ids = change_.filter.ids;
        next_.next_id = ids.empty() ? w_.outbox.lowest_id() : *std::ranges::min_element(ids);
        next_.last_id = std::max<std::int64_t>(1, w_.outbox.highest_id());
        if (!ids.empty())
            next_.last_id = std::max<std::int64_t>(1, std::min(next_.last_id, *std::ranges::max_element(ids)));
        next_.next_id = std::max<std::int64_t>(1, next_.next_id);
        if (!change_.dry_run)
            next_.audit_id = w_.audit.add(w_.now(), change_.actor, to_string(change_.verb), describe(change_.filter),
                                          change_.reason, 0);
    }

    void step() {
        const auto until = std::min<std::int64_t>(
            next_.last_id, next_.next_id + static_cast<std::int64_t>(limits::bulk_step_span) - 1);
        const auto now = w_.now();
        for (const auto& d : matching(next_.next_id, until)) {
            if (!allows(change_.verb, d.state, d.due_at <= now)) {
                next_.counts.skipped += 1;
                next_.counts.by_state[d.state].skipped += 1;
                continue;
            }
            next_.counts.matched += 1;
            next_.counts.by_state[d.state].matched += 1;
            if (!change_.dry_run) change(d, now);
        }
        next_.next_id = until + 1;
        if (!change_.dry_run) w_.audit.set_changed(next_.audit_id, next_.counts.matched);
    }

    std::vector<matched_delivery> matching(std::int64_t from, std::int64_t until) {
        auto where = condition_of(change_.filter);
        where.add("o.delivery_id >= ?", from);
        where.add("o.delivery_id <= ?", until);
        statement find(w_.db,
                       fmt::format("SELECT o.delivery_id, o.lane, o.state, o.pms_id, o.attempts, o.why, o.message, "
                                   "o.due_at_ms FROM outbox AS o NOT INDEXED WHERE {} ORDER BY o.delivery_id",
                                   where.sql));
        std::vector<matched_delivery> out;
        auto row = find.query_values(where.values);
        while (row.next())
            out.push_back({.id = row.integer(0),
                           .lane = row.integer(1),
                           .state = delivery_state_from(row.text(2)).value(),
                           .pms = row.string(3),
                           .attempts = static_cast<std::uint32_t>(row.integer(4)),
                           .why = error_class_from(row.text(5)).value_or(error_class::none),
                           .message = row.string(6),
                           .due_at = row.time(7)});
        return out;
    }

    void change(const matched_delivery& d, time_point now) {
        const attempt_note note{.attempts = d.attempts, .why = d.why, .message = d.message};
        switch (change_.verb) {
            case delivery_verb::retry:
            case delivery_verb::release:
                if (d.state == delivery_state::ready) {
                    w_.outbox.set_due(d.id, now);
                    w_.hints.delivery_due(d.pms, now);
                } else if (w_.outbox.rejoin(d.id, d.lane, now) == delivery_state::ready) {
                    w_.hints.delivery_due(d.pms, now);
                }
                return;
            case delivery_verb::hold:
                w_.outbox.hold(d.id, held_reason::by_operator, note);
                break;
            case delivery_verb::discard:
                w_.outbox.finish(d.id, delivery_state::discarded, now, note);
                break;
        }
        if (d.state == delivery_state::ready) release_lane(w_, d.lane);
    }

    workspace& w_;
    operator_change change_;
    completion<operator_changed> done_;
    progress reached_;  // as committed
    progress next_;     // as the running step leaves it
};

std::uint64_t expunge_deliveries(workspace& w, const expunge_request& request) {
    std::uint64_t gone = 0;
    const auto rows = w.outbox.from(w.expunge_cursor, limits::bulk_step_span);
    for (const auto& row : rows) {
        if (gone == request.limit) return gone;
        w.expunge_cursor = row.id + 1;
        // Ids grow with time: past the first young one there is nothing old.
        if (row.created_at >= request.final_before) break;
        if (!row.gone_at || *row.gone_at >= request.final_before) continue;
        w.attempts.erase_of(row.id);
        w.outbox.erase(row.id);
        ++gone;
    }
    const bool at_end = rows.size() < limits::bulk_step_span || rows.back().created_at >= request.final_before;
    if (at_end) w.expunge_cursor = 0;
    return gone;
}

std::int64_t expunge_others(workspace& w, const expunge_request& request) {
    std::int64_t gone = w.parked_results.expunge(request.final_before, request.limit);
    gone += w.lock_log.expunge(request.final_before, request.limit);
    gone += w.audit.expunge(request.final_before, request.limit);
    gone += w.credentials.expunge(request.final_before, request.limit);
    gone += w.differences.expunge(request.final_before, request.limit);
    gone += w.repairs.expunge(request.limit);
    gone += w.cards.expunge(request.final_before, request.limit);
    gone += w.rights.expunge(request.final_before, request.limit);
    // Last: an action stays while a credential, a card or an access right refers to it.
    gone += w.actions.expunge(request.final_before, request.limit);
    return gone;
}

}  // namespace

bool allows(delivery_verb verb, delivery_state state, bool due) {
    switch (verb) {
        case delivery_verb::retry:
            return state == delivery_state::dead || state == delivery_state::held ||
                   (state == delivery_state::ready && !due);
        case delivery_verb::hold:
            return state == delivery_state::ready || state == delivery_state::queued;
        case delivery_verb::release:
            return state == delivery_state::held;
        case delivery_verb::discard:
            return state == delivery_state::held || state == delivery_state::dead || state == delivery_state::ready ||
                   state == delivery_state::queued;
    }
    return false;
}

unit_pointer make_delivery_change(workspace& w, operator_change change, completion<operator_changed> done) {
    return std::make_unique<delivery_change>(w, std::move(change), std::move(done));
}

result<std::uint64_t> expunge(workspace& w, const expunge_request& request) {
    const auto deliveries = expunge_deliveries(w, request);
    w.ledger.add(ledger_entry::expunged, static_cast<std::int64_t>(deliveries));
    w.lock_polls.forget_before(request.final_before);
    const auto pushes = w.inbox.expunge(request.final_before, request.limit);
    w.ledger.add(ledger_entry::pushes_expunged, pushes);
    w.parked_results.mark_stale(w.now() - limits::parked_result_lifetime);
    return deliveries + static_cast<std::uint64_t>(pushes + expunge_others(w, request));
}

}  // namespace lockhub::storage::sqlite
