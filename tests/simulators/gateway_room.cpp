#include "tests/simulators/gateway_room.hpp"

#include <fmt/format.h>

#include "tests/simulators/signatures.hpp"

namespace lockhub::simulators {

std::string gateway_room::compute_digits(time_point valid_until) const {
    const std::string digest = md5_hex_lower(fmt::format("{}/{}", rm_id, to_unix_ms(valid_until)));
    return fmt::format("{:07}", std::stoull(digest.substr(0, 12), nullptr, 16) % 10'000'000);
}

door_answer room_biometrics::open(std::string_view digest, time_point now) const {
    door_answer said{false, "nobody it knows"};
    for (const auto& [number, known] : by_number) {
        if (known.digest != digest) continue;
        if (known.from <= now && now <= known.valid_until) return {true, fmt::format("m1 {}", number)};
        said.why = now < known.from ? "not valid yet" : "not valid any more";
    }
    return said;
}

door_answer gateway_room::open_by_card(const room_card& card, time_point now) {
    if (card.rm_id != rm_id) return {false, "the card is of another room"};
    if (card.cancelled) return {false, "the card is cleared or reported lost"};
    if (now > card.valid_until) return {false, "the card has ended"};
    if (card.authorized_at < newest_card) return {false, "a card with a later abkp has displaced it"};
    newest_card = card.authorized_at;
    return {true, "card " + card.card_id};
}

door_answer gateway_room::open_by_pin(std::string_view digits, time_point now) const {
    for (const auto& [number, pin] : pins) {
        if (pin.digits == digits && now <= pin.valid_until) return {true, fmt::format("m1 {}", number)};
    }
    for (const computed_pin& pin : computed) {
        if (pin.digits != digits || now > pin.valid_until) continue;
        return pin.stopped ? door_answer{false, "the computed PIN is stopped"} : door_answer{true, "computed"};
    }
    return {false, "no PIN of these digits is valid"};
}

}  // namespace lockhub::simulators
