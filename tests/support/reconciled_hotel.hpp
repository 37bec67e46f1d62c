#pragma once
// A hotel whose lock cloud tells what stands on its locks, in a store of its own: rooms 101 and 102.
#include "schemas/core/limits.hpp"
#include "schemas/domain/lock_cloud.hpp"
#include "tests/support/store_rig.hpp"

namespace lockhub::test {

inline cloud_traits telling_traits() {
    using enum command_verb;
    cloud_traits out;
    out.verbs = {set_pin, replace_pin, remove_pin, freeze_pin, unfreeze_pin, read_pins};
    return out;
}

inline reported_credential found(std::string ref, std::string label) {
    reported_credential out;
    out.credential_ref = std::move(ref);
    out.label = std::move(label);
    out.operation = command_verb::set_pin;
    return out;
}

struct reconciled_hotel : store_rig {
    reconciled_hotel() {
        import({room_row("101", "lock-a"), room_row("102", "lock-b")});
        serve({{account_id("dd"), telling_traits()}});
        allow({policy()});
    }

    // A guest's PIN on the room's lock; its action.
    std::string give_pin(std::string room, std::uint8_t key, std::string ref) {
        open_action(action(std::move(room), key));
        settle(done(lease_one(), std::move(ref)));
        clock.advance(std::chrono::seconds(1));
        return last_action();
    }
    // An action that was sent and of which nobody knows what became.
    std::string doubt(storage::action_request request) {
        open_action(std::move(request));
        auto lost = done(lease_one());
        lost.next = command_state::unverifiable;
        settle(lost);
        clock.advance(std::chrono::seconds(1));
        return last_action();
    }
    std::string last_action() { return text("SELECT action_id FROM actions ORDER BY action_id DESC LIMIT 1"); }
    std::string state_of(const std::string& action) {
        return text("SELECT state || ' ' || COALESCE(final_code, 'none') FROM actions WHERE action_id = '" + action +
                    "'");
    }

    command_result failed_result(std::string ref) {
        return {.service = "Password_Delete_Service",
                .ref = std::move(ref),
                .device_uuid = "lock-a",
                .ok = false,
                .code = 5101,
                .credential_ref = "",
                .about_lock = true};
    }

    storage::pin_known reveal(std::string room) {
        storage::pin_question question;
        question.pms = pms_id("demopms");
        question.hotel = hotel_no("H1");
        question.room = room_id(std::move(room));
        question.method = "queryGuestPwd";
        return *call<storage::pin_known>([&](auto d) { store().reveal_pin(std::move(question), std::move(d)); });
    }

    // --- comparing lock-a
    storage::inventory_report report_of(std::vector<reported_credential> credentials) {
        storage::inventory_report out;
        out.account = account_id("dd");
        out.lock_uuid = "lock-a";
        out.asked_at = clock.now();
        out.credentials = std::move(credentials);
        out.again_after = std::chrono::minutes(30);
        return out;
    }
    result<storage::inventory_applied> try_apply(storage::inventory_report report) {
        return call<storage::inventory_applied>(
            [&](auto d) { store().apply_inventory(std::move(report), std::move(d)); });
    }
    storage::inventory_applied apply(storage::inventory_report report) {
        auto applied = try_apply(std::move(report));
        if (!applied) throw std::runtime_error(applied.error().message);
        return *applied;
    }
    storage::inventory_applied compare(std::vector<reported_credential> credentials) {
        clock.advance(std::chrono::milliseconds(1));
        return apply(report_of(std::move(credentials)));
    }
    storage::inventory_applied compare_only(std::vector<reported_credential> credentials) {
        clock.advance(std::chrono::milliseconds(1));
        auto report = report_of(std::move(credentials));
        report.repair = false;
        return apply(std::move(report));
    }
    // A wanted PIN is missing, and no repair helps.
    void suspend() {
        for (std::size_t i = 0; i < limits::repair_tries; ++i) {
            compare({});
            settle(rejected(lease_one(), "the lock refused"));
            clock.advance(std::chrono::seconds(10));
        }
        compare({});
    }

    // "pin_missing open 1001": those not settled, in the order noted.
    std::vector<std::string> differences() {
        return texts(
            "SELECT kind || ' ' || state || ' ' || credential_ref FROM differences WHERE state <> 'settled' "
            "ORDER BY difference_id");
    }
    std::int64_t difference_id() { return number("SELECT MAX(difference_id) FROM differences"); }
    result<storage::nothing> change(std::int64_t id, storage::drift_verb verb) {
        return call<storage::nothing>([&](auto d) {
            store().change_difference({.id = id, .verb = verb, .actor = "wang", .reason = "test"}, std::move(d));
        });
    }

    static std::vector<std::string> names(const std::vector<storage::leased_inventory>& locks) {
        std::vector<std::string> out;
        for (const auto& lock : locks) out.push_back(lock.lock_uuid);
        return out;
    }
    std::vector<std::string> lease_inventories(std::size_t limit = 16) {
        const auto leased = call<storage::inventories_leased>([&](auto d) {
            store().lease_inventories({.shares = {{account_id("dd"), limit}}, .lease = std::chrono::minutes(2)},
                                      std::move(d));
        });
        return names(leased->locks);
    }
    std::vector<std::string> wish(std::string room, std::vector<account_id> accounts = {account_id("dd")}) {
        storage::inventory_wish wished;
        wished.pms = pms_id("demopms");
        wished.hotel = hotel_no("H1");
        wished.room = room_id(std::move(room));
        wished.accounts = std::move(accounts);
        wished.lease = std::chrono::minutes(2);
        const auto locks = call<std::vector<storage::leased_inventory>>(
            [&](auto d) { store().wish_inventories(std::move(wished), std::move(d)); });
        return locks ? names(*locks) : std::vector{std::string(to_string(locks.error().code))};
    }
};

}  // namespace lockhub::test
