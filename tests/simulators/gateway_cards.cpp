// The card reader of the simulated gateway. Cards are made and read without the lock: a door learns of a card when it
// is shown to it.
#include <fmt/format.h>

#include "tests/simulators/gateway_box.hpp"

namespace lockhub::simulators {

std::string gateway_box::put_card(std::string card_id) {
    constexpr std::uint32_t first_card = 0x03F56240;
    if (card_id.empty()) card_id = fmt::format("{:08X}", first_card + cards_made_++);
    cards_.try_emplace(card_id, room_card{.card_id = card_id, .rm_id = {}});
    on_reader_ = card_id;
    return card_id;
}

const room_card* gateway_box::find_card(std::string_view card_id) const {
    const auto found = cards_.find(card_id);
    return found == cards_.end() ? nullptr : &found->second;
}

gateway_outcome gateway_box::mark_card(const gateway_call& call, gateway_room& room, time_point now) {
    const auto from = call.time("abkp"), until = call.time("unValid");
    if (!from) return gateway_outcome::lacking("abkp");
    if (!until) return gateway_outcome::lacking("unValid");
    const auto card = cards_.find(on_reader_);
    if (card == cards_.end()) return gateway_outcome::refused("请放卡");
    if (*from < room.newest_made) steps_back_.push_back({now, room.rm_id, on_reader_, *from, room.newest_made});
    room.newest_made = std::max(room.newest_made, *from);
    card->second = {.card_id = on_reader_, .rm_id = room.rm_id, .authorized_at = *from, .valid_until = *until};
    return {.data = json_object({{"card_id", on_reader_}})};
}

gateway_outcome gateway_box::read_card() const {
    const room_card* card = card_on_reader();
    if (!card) return gateway_outcome::refused("请放卡");
    const auto time = [&](time_point t) { return card->blank() ? std::string() : format_china_time(t); };
    return {.data = json_object({{"card_id", card->card_id},
                                 {"rm_id", card->rm_id},
                                 {"valid", time(card->authorized_at)},
                                 {"unvalid", time(card->valid_until)}})};
}

// With a card's number that one is cleared, wiped where it lies on the reader; with a room alone every card of it.
gateway_outcome gateway_box::clear_cards(const gateway_call& call) {
    const auto rm_id = call.get("rm_id"), card_id = call.get("card_id");
    if (rm_id.empty() && card_id.empty()) return gateway_outcome::lacking("rm_id");
    if (!rm_id.empty() && !find_room(rm_id)) return gateway_outcome::refused("房间不存在");
    if (card_id.empty()) {
        for (auto& [id, card] : cards_) {
            if (card.rm_id == rm_id) card.cancelled = true;
        }
        return {.data = json_object({{"card_id", ""}, {"rm_id", rm_id}})};
    }
    const auto found = cards_.find(card_id);
    if (found == cards_.end()) return gateway_outcome::refused("卡号不存在");
    room_card& card = found->second;
    if (!rm_id.empty() && !card.blank() && card.rm_id != rm_id) return gateway_outcome::refused("卡片与房间不符");
    const std::string room = card.rm_id;
    card.cancelled = true;
    if (card_id == on_reader_) card.rm_id.clear();
    return {.data = json_object({{"card_id", card_id}, {"rm_id", room}})};
}

}  // namespace lockhub::simulators
