#pragma once
// A hotel behind a gateway that numbers its PINs, faces and fingerprints 1 to 3 each and has one card reader, in a
// store of its own. Rooms 101 and 102 have their passwords and cards from it.
#include "schemas/domain/lock_cloud.hpp"
#include "tests/support/store_rig.hpp"

namespace lockhub::test {

inline cloud_traits gateway_traits() {
    cloud_traits out;
    using enum command_verb;
    out.verbs = {set_pin,    replace_pin, remove_pin,  make_card, read_card,          clear_card,
                 lose_cards, open_door,   upload_face, stop_face, upload_fingerprint, stop_fingerprint};
    out.first_pin_slot = out.first_biometric_slot = 1;
    out.last_pin_slot = out.last_biometric_slot = 3;
    out.removes_offline_pins = true;
    out.offline_believed_for = std::chrono::minutes(10);
    return out;
}

struct gateway_hotel : store_rig {
    gateway_hotel() {
        import({room_row("101", ""), room_row("102", ""), room_row("103", "")});
        for (const std::string room : {"101", "102"})
            for (const auto service : {storage::lock_service::password, storage::lock_service::card})
                bind(room, service, "gw", "rm-" + room);
        serve({{account_id("gw"), gateway_traits()}});
        allow({policy()});
    }

    // A card action's request: of a room, or of what lies on the reader when the room is empty.
    storage::action_request card_action(command_verb verb, const std::string& room, std::uint8_t key) {
        auto out = action(room, key);
        out.verb = verb;
        out.pin = {};
        if (verb != command_verb::lose_cards) {
            out.reader_account = account_id("gw");
            out.reader_id = "r1";
        }
        switch (verb) {
            case command_verb::make_card:
                out.method = "addRoomCard";
                out.callback = delivery_kind::make_card_result;
                break;
            case command_verb::read_card:
                out.method = "queryRoomCard";
                out.callback = delivery_kind::query_card_result;
                break;
            case command_verb::clear_card:
                out.method = "returnRoomCard";
                out.callback = delivery_kind::return_card_result;
                break;
            default:
                out.method = "disableRoomCard";
                out.callback = std::nullopt;
        }
        return out;
    }

    // Leases the one command that is due and settles it as done.
    storage::leased_command carry_out() {
        auto leased = lease_one("gw");
        settle(done(leased));
        return leased;
    }

    // The same, with what the reader showed.
    storage::leased_command carry_out_with(card_facts card) {
        auto leased = lease_one("gw");
        auto settlement = done(leased);
        settlement.card = std::move(card);
        settle(std::move(settlement));
        return leased;
    }

    std::string last_payload() const { return text("SELECT payload FROM outbox ORDER BY delivery_id DESC LIMIT 1"); }
};

}  // namespace lockhub::test
