// Faces, fingerprints and doors opened from afar at the simulated gateway.
#include <algorithm>

#include "schemas/wire/bytes_text.hpp"
#include "tests/simulators/gateway_box.hpp"
#include "tests/simulators/signatures.hpp"

namespace lockhub::simulators {

namespace {

constexpr int last_number = 49;

bool is_about_face(const gateway_call& call) {
    return call.name.ends_with("Face");
}

room_biometrics& place_of(const gateway_call& call, gateway_room& room) {
    return is_about_face(call) ? room.faces : room.fingers;
}

// As the document writes them: "ab-cd-ef".
bool is_dashed_hex(std::string_view text) {
    if (!wire::is_hex(text) || text.size() % 3 != 2) return false;
    for (std::size_t i = 2; i < text.size(); i += 3) {
        if (text[i] != '-') return false;
    }
    return true;
}

std::string digest_of_finger(std::string_view hexs) {
    std::string plain(hexs);
    std::erase(plain, '-');
    std::ranges::transform(plain, plain.begin(), [](char c) { return c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c; });
    return md5_hex_lower(plain);
}

}  // namespace

gateway_outcome gateway_box::open_remotely(gateway_room& room, time_point now) {
    ++room.opened_remotely;
    remember_door(room.rm_id, "GatewayOpen", {true, "opened from afar"}, now);
    return {};
}

gateway_outcome gateway_box::upload_biometric(const gateway_call& call, gateway_room& room) {
    const auto number = call.number("m1");
    const auto from = call.time("abkp"), until = call.time("unValid");
    const auto face = call.get("base64"), finger = call.get("hexs");
    if (is_about_face(call) && !wire::is_base64(face)) return gateway_outcome::lacking("base64");
    if (!is_about_face(call) && !is_dashed_hex(finger)) return gateway_outcome::lacking("hexs");
    if (!number || *number > last_number) return gateway_outcome::lacking("m1");
    if (!from) return gateway_outcome::lacking("abkp");
    if (!until || *until <= *from) return gateway_outcome::lacking("unValid");
    auto& place = place_of(call, room);
    place.by_number[*number] = {is_about_face(call) ? md5_hex_lower(face) : digest_of_finger(finger), *from, *until};
    place.numbers_used.insert(*number);
    return {};
}

// Stopping one that is gone already ends in the same state.
gateway_outcome gateway_box::stop_biometric(const gateway_call& call, gateway_room& room) {
    const auto number = call.number("m1");
    if (!number) return gateway_outcome::lacking("m1");
    auto& place = place_of(call, room);
    if (!place.numbers_used.contains(*number)) return gateway_outcome::refused("序号不存在");
    place.by_number.erase(*number);
    return {};
}

door_answer gateway_box::open_by_face(std::string_view rm_id, std::string_view base64, time_point now) {
    const gateway_room* room = find_room(rm_id);
    door_answer said{false, "there is no such room"};
    if (room) said = room->faces.open(md5_hex_lower(base64), now);
    return remember_door(rm_id, "face", std::move(said), now);
}

door_answer gateway_box::open_by_finger(std::string_view rm_id, std::string_view hexs, time_point now) {
    const gateway_room* room = find_room(rm_id);
    door_answer said{false, "there is no such room"};
    if (room) said = room->fingers.open(digest_of_finger(hexs), now);
    return remember_door(rm_id, "fingerprint", std::move(said), now);
}

}  // namespace lockhub::simulators
