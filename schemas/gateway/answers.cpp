#include "schemas/gateway/answers.hpp"

#include <algorithm>
#include <utility>

#include "schemas/gateway/biometrics.hpp"
#include "schemas/gateway/calls.hpp"
#include "schemas/gateway/offline_texts.hpp"
#include "schemas/gateway/open_end.hpp"
#include "schemas/gateway/reply.hpp"

namespace lockhub::gateway {

namespace {

using enum command_verb;
using wire::json_value;
using outcome = api_reply::outcome;

// Parameters go out as `unValid` and come back as `unvalid`.
std::string end_of(const json_value& data) {
    auto text = data.text_of("unvalid");
    return text.empty() ? data.text_of("unValid") : text;
}

card_facts read_shown_card(const json_value& data) {
    return {.card_id = data.text_of("card_id"),
            .lock_uuid = data.text_of("rm_id"),
            .valid_from = read_time(data.text_of("valid")),
            .valid_until = read_end(end_of(data))};
}

// What the call was about, with what its answer adds.
card_facts read_changed_card(const vendor_command& command, const json_value& data) {
    card_facts card = command.card;
    if (command.verb == make_card) {
        card = {.card_id = {},
                .lock_uuid = command.lock_uuid,
                .valid_from = command.valid_from,
                .valid_until = command.valid_until};
    }
    if (auto id = data.text_of("card_id"); !id.empty()) card.card_id = std::move(id);
    if (auto room = data.text_of("rm_id"); !room.empty()) card.lock_uuid = std::move(room);
    return card;
}

std::vector<reported_device> read_rooms(const json_value& body) {
    std::vector<reported_device> out;
    const auto* data = body.find("data");
    if (!data) return out;
    const auto add = [&](const json_value& room) {
        auto id = room.text_of("rm_id");
        if (id.empty()) return;
        out.push_back(
            {.lock_uuid = std::move(id), .cloud_home_id = {}, .cloud_room_id = {}, .name = room.text_of("rm_name")});
    };
    for (const auto& room : data->items()) add(room);
    add(*data);
    return out;
}

command_facts facts_of_lock(const vendor_command& command, const json_value& data) {
    command_facts facts;
    facts.credential_ref = command.credential_ref;
    facts.online = true;
    const auto percent = data.integer_of("ce");
    if (percent && *percent >= 0 && *percent <= 100) facts.battery_percent = static_cast<int>(*percent);
    return facts;
}

command_reply read_success(const vendor_command& command, const api_reply& reply) {
    const auto& data = reply.data();
    command_facts facts;
    switch (command.verb) {
        case set_pin:
        case replace_pin:
        case remove_pin:
        case open_door:
        case upload_face:
        case stop_face:
        case upload_fingerprint:
        case stop_fingerprint:
            facts = facts_of_lock(command, data);
            break;
        case read_dynamic_pin:
            facts.pin = secret(data.text_of("muid"));
            if (facts.pin.empty()) return reply::retry{std::nullopt, "the answer carries no muid"};
            facts.pin_valid_until = command.valid_until;
            break;
        case read_card:
            facts.card = read_shown_card(data);
            if (facts.card->card_id.empty()) return reply::rejected{reply.code, "读卡器没有报出卡号"};
            break;
        case make_card:
        case clear_card:
            facts.card = read_changed_card(command, data);
            break;
        case list_devices:
            facts.devices = read_rooms(reply.body);
            break;
        default:
            break;
    }
    return reply::done{std::move(facts)};
}

api_reply read_answer(const account_settings& settings, const vendor_command& command,
                      const wire::http_response& response) {
    auto reply = read_reply(response, settings.appsecret, command.pin);
    hide_biometric(reply.message, command.biometric);
    return reply;
}

// The room, the beginning and the end together are the mark a card bears.
bool shows(const card_facts& card, const vendor_command& made) {
    return !card.card_id.empty() && card.lock_uuid == made.lock_uuid && made.valid_from && card.valid_from &&
           format_china_time(*card.valid_from) == format_china_time(*made.valid_from) &&
           write_end(card.valid_until) == write_end(made.valid_until);
}

probe_reply read_proof(const vendor_command& command, const api_reply& reply) {
    if (command.verb == make_card) {
        auto card = read_shown_card(reply.data());
        if (shows(card, command)) return probe::done{"", std::move(card)};
        return probe::undecided{"the card on the reader is not the one that may have been made"};
    }
    auto said = read_success(command, reply);
    if (const auto* refused = std::get_if<reply::rejected>(&said)) return probe::undecided{refused->message};
    auto* done = std::get_if<reply::done>(&said);
    if (!done) return probe::unclear{false, "the answer could not be read"};
    return probe::done{std::move(done->facts.credential_ref), std::move(done->facts.card)};
}

}  // namespace

command_reply decode_answer(const account_settings& settings, const vendor_command& command,
                            const wire::http_response& response) {
    auto reply = read_answer(settings, command, response);
    if (reply.kind == outcome::unavailable) {
        return reply::retry{reply.retry_after, std::move(reply.message), reply.refused, reply.busy};
    }
    if (reply.kind == outcome::done) return read_success(command, reply);
    reply::rejected refusal{.code = reply.code, .message = std::move(reply.message)};
    if (reaches_lock(command.verb) && says_lock_offline(refusal.message)) refusal.online = false;
    return refusal;
}

std::optional<vendor_command> question_about(const vendor_command& command) {
    switch (command.verb) {
        case set_pin:
        case replace_pin:
        case remove_pin:
        case upload_face:
        case stop_face:
        case upload_fingerprint:
        case stop_fingerprint:
        case clear_card:
        case read_card:
            return command;
        case make_card: {
            vendor_command question;
            question.verb = read_card;
            return question;
        }
        default:
            // lose_cards too: a repeat would take away a card that was made since. And a door that opens again by
            // itself is worse than one nobody can tell about.
            return std::nullopt;
    }
}

probe_reply decode_probe(const account_settings& settings, const vendor_command& command,
                         const wire::http_response& response) {
    auto reply = read_answer(settings, command, response);
    if (reply.kind == outcome::unavailable) {
        return probe::unclear{false, std::move(reply.message), reply.busy, reply.retry_after};
    }
    if (reply.kind == outcome::done) return read_proof(command, reply);
    if (reaches_lock(command.verb) && says_lock_offline(reply.message)) {
        return probe::unclear{false, std::move(reply.message)};
    }
    return probe::undecided{std::move(reply.message)};
}

}  // namespace lockhub::gateway
