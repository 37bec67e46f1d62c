#pragma once
// A hotel whose rooms 101 and 102 stand behind a gateway with three numbers each for PINs, faces and fingerprints, and
// whose room 103 is of a cloud that grants access to phones.
#include "tests/support/gateway_hotel.hpp"

namespace lockhub::test {

struct access_hotel : gateway_hotel {
    access_hotel() {
        auto row = room_row("103", "x0001");
        row.cloud_account = "yy";
        row.cloud_home_id = "B01";
        import({row});
        set_up_accounts();
    }

    void set_up_accounts() {
        using enum command_verb;
        cloud_traits phones;
        phones.verbs = {set_pin, replace_pin, remove_pin, open_door, grant_access, revoke_access};
        serve({{account_id("gw"), gateway_traits()}, {account_id("yy"), phones}});
        allow({policy()});
    }

    // Each request is one of its own.
    storage::action_request about(command_verb verb, std::string holder, std::string room) {
        auto out = action(std::move(room), ++last_key);
        out.verb = verb;
        out.method = to_string(verb);
        out.pin = {};
        out.holder = std::move(holder);
        return out;
    }
    storage::action_request giving(command_verb verb, std::string holder, std::string room = "101") {
        auto out = about(verb, holder, std::move(room));
        const bool biometric = verb == command_verb::upload_face || verb == command_verb::upload_fingerprint;
        if (biometric) out.biometric = secret("picture of " + holder);
        return out;
    }
    storage::action_request taking(command_verb verb, std::string holder, std::string room = "101") {
        auto out = about(verb, std::move(holder), std::move(room));
        out.callback = std::nullopt;
        return out;
    }

    storage::leased_command carry_out(const std::string& account = "gw") {
        auto leased = lease_one(account);
        settle(done(leased));
        return leased;
    }
    void take(command_verb verb, std::string holder) {
        open_action(taking(verb, std::move(holder)));
        carry_out();
    }
    std::string number_given(command_verb verb, std::string holder, std::string room = "101") {
        open_action(giving(verb, std::move(holder), std::move(room)));
        return carry_out().command.credential_ref;
    }

    // The one command that is due ends where nobody can tell.
    void leave_in_doubt(std::string message = {}) {
        auto unknown = done(lease_one("gw"));
        unknown.next = command_state::unverifiable;
        unknown.message = std::move(message);
        settle(unknown);
    }
    void decide(const storage::action_opened& opened, bool succeeded) {
        call<storage::nothing>([&](auto d) {
            store().decide_action(
                {.action = opened.action, .succeeded = succeeded, .actor = "wang", .reason = "looked at it"},
                std::move(d));
        });
    }

    std::string state_of(const storage::action_opened& opened) {
        return text(
            "SELECT state || ' ' || COALESCE(final_code, '') || ' ' || message FROM actions WHERE action_id = '" +
            opened.action.value + "'");
    }
    // "face G1 1", of what the hub takes to be on locks.
    std::vector<std::string> rights() {
        return texts(
            "SELECT kind || ' ' || holder || ' ' || COALESCE(number, '') FROM access_rights WHERE state = 'active' "
            "ORDER BY kind, holder, number");
    }

    std::uint8_t last_key = 0;
};

}  // namespace lockhub::test
