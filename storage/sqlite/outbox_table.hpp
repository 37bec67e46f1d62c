#pragma once
// outbox: callbacks to PMS systems, and the order of their lanes. At most one delivery of a lane is ready or leased,
// and while one is, the others of the lane are queued. Held, dead and discarded deliveries block nobody.
#include <optional>
#include <string>
#include <vector>

#include "schemas/domain/delivery.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"

namespace lockhub::storage::sqlite {

namespace held_reason {
inline constexpr std::string_view pms_unknown = "pms_unknown";
inline constexpr std::string_view pms_disabled = "pms_disabled";
inline constexpr std::string_view no_url = "no_url";
inline constexpr std::string_view not_subscribed = "not_subscribed";
inline constexpr std::string_view dispatcher = "dispatcher";
inline constexpr std::string_view by_operator = "operator";
}  // namespace held_reason

struct new_delivery {
    std::int64_t lane = 0;
    delivery_kind kind = delivery_kind::event;
    std::string_view pms;
    std::string_view hotel;
    std::string_view room;
    std::optional<std::int64_t> room_row;
    std::optional<std::string_view> action;
    std::optional<std::string_view> event;
    std::optional<std::int64_t> push;
    std::string_view payload;
    time_point created_at{};
    std::optional<std::string_view> held_reason;  // set: inserted held
};

// What units must know of a delivery to change its state.
struct delivery_head {
    std::int64_t id = 0;
    std::int64_t lane = 0;
    delivery_state state = delivery_state::ready;
    delivery_kind kind = delivery_kind::event;
    std::string pms;
    std::string event;
    std::uint32_t attempts = 0;
    std::int64_t lease_token = 0;
    time_point leased_at{};
    time_point due_at{};
};

// How an attempt ended, as the row keeps it.
struct attempt_note {
    std::uint32_t attempts = 0;
    error_class why = error_class::none;
    std::string_view message;
};

class outbox_table {
  public:
    explicit outbox_table(database& db);

    // The state it got: ready, queued or held.
    delivery_state insert(const new_delivery& row);

    std::optional<delivery_head> find(std::int64_t id);

    // Due deliveries of a PMS in the order of due time, then age.
    std::vector<leased_delivery> due(std::string_view pms, time_point now, std::size_t limit);
    void lease(std::int64_t id, std::string_view owner, time_point now, time_point until);
    // Leases of the PMS that have run out, and leases of every PMS that others own.
    std::vector<delivery_head> expired_leases(std::string_view pms, time_point now, std::size_t limit);
    std::vector<delivery_head> leases_of_others(std::string_view owner);
    std::vector<recent_send> leased_since(time_point since);

    // From leased to ready again: stays the head of its lane.
    void reschedule(std::int64_t id, time_point due_at, const attempt_note& note);
    // To a final state.
    void finish(std::int64_t id, delivery_state state, time_point at, const attempt_note& note);
    void hold(std::int64_t id, std::string_view reason, const attempt_note& note);
    void change_held_reason(std::int64_t id, std::string_view reason);
    // From held or a final state back into its lane: ready, or queued where another one is ahead. Due at that time.
    delivery_state rejoin(std::int64_t id, std::int64_t lane, time_point due_at);
    void set_due(std::int64_t id, time_point due_at);

    // After a delivery left its lane: makes the oldest queued one ready. nullopt when none waits.
    std::optional<due_hint> promote(std::int64_t lane);

    // When the earliest thing happens that asking for due deliveries of this PMS could serve; nullopt for never.
    std::optional<time_point> next_due(std::string_view pms);
    // The next PMS after `after` that has ready or leased deliveries, in the order of ids; "" when there is none. One
    // index step each, however many rows wait.
    std::string next_pms_with_work(std::string_view after);

    // Some of what is ready for a PMS, and holding one of them without an attempt.
    std::vector<delivery_head> ready_of(std::string_view pms, std::size_t limit);
    void hold_unsent(std::int64_t id, std::string_view reason);

    // In the order of ids, from the first one after `after`.
    std::vector<delivery_head> held_for(std::string_view reason, std::string_view pms, std::int64_t after,
                                        std::size_t limit);

    std::int64_t highest_id();
    std::int64_t lowest_id();

    struct old_delivery {
        std::int64_t id = 0;
        time_point created_at{};
        std::optional<time_point> gone_at;  // delivered or discarded
    };
    std::vector<old_delivery> from(std::int64_t id, std::size_t limit);
    void erase(std::int64_t id);

  private:
    bool lane_taken(std::int64_t lane);

    statement insert_;
    statement lane_taken_;
    statement find_;
    statement due_;
    statement lease_;
    statement expired_leases_;
    statement leases_of_others_;
    statement leased_since_;
    statement reschedule_;
    statement finish_;
    statement hold_;
    statement change_held_reason_;
    statement rejoin_;
    statement set_due_;
    statement oldest_queued_;
    statement make_ready_;
    statement next_ready_;
    statement next_lease_end_;
    statement next_pms_ready_;
    statement next_pms_leased_;
    statement ready_of_;
    statement hold_unsent_;
    statement held_for_;
    statement highest_id_;
    statement lowest_id_;
    statement from_;
    statement erase_;
};

}  // namespace lockhub::storage::sqlite
