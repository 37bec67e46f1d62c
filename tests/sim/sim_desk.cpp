#include "tests/sim/sim_desk.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "schemas/wire/json_value.hpp"
#include "tests/simulators/signatures.hpp"

namespace lockhub::sim {

sim_desk::sim_desk(dispatch::asio::io_context& io, sim_network& network, simulators::gateway_box& gateway,
                   simulators::random_source& random, simulators::pms_registration pms)
    : network_(network),
      gateway_(gateway),
      random_(random),
      pms_(std::move(pms)),
      calls_(io.get_executor(),
             [](const std::string& name, const std::string& what) { throw std::runtime_error(name + ": " + what); }) {}

std::size_t sim_desk::pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
}
bool sim_desk::chance(double p) {
    return std::bernoulli_distribution(p)(random_);
}

void sim_desk::something_for(const sim_room& room) {
    if (!room.rm_id.empty() && chance(0.3)) {
        at_the_reader(room.room_id);
    } else if (chance(0.3)) {
        beyond_pins(room);
    } else if (chance(0.6)) {
        enable(room.room_id);
    } else {
        send(chance(0.7) ? "disableGuestPwd" : "disableManagePwd", {{"roomId", room.room_id}});
    }
}

void sim_desk::beyond_pins(const sim_room& room) {
    if (room.pins == pins_from::dingding) {
        send(chance(0.5) ? "freezeGuestPwd" : "unfreezeGuestPwd", {{"roomId", room.room_id}});
    } else if (chance(0.3)) {
        ++doors_ordered_[room.room_id];
        send("openDoor", {{"roomId", room.room_id}});
    } else if (room.pins == pins_from::gateway) {
        about_a_face(room.room_id);
    } else {
        about_a_phone(room.room_id);
    }
}

void sim_desk::about_a_face(const std::string& room) {
    const auto guest = fmt::format("guest-{}", pick(3));
    if (chance(0.6)) {
        send("enableFace",
             {{"roomId", room}, {"guestId", guest}, {"face", "/9j/4AAQSkZJRgA="}, {"endTime", "2036-11-24 12:00:00"}});
    } else if (chance(0.7)) {
        send("disableFace", {{"roomId", room}, {"guestId", guest}});
    } else {
        send("disableFace", {{"roomId", room}});
    }
}

void sim_desk::about_a_phone(const std::string& room) {
    const auto mobile = fmt::format("1370000010{}", pick(3));
    if (chance(0.6)) {
        send("grantAccess", {{"roomId", room}, {"mobile", mobile}, {"endTime", "2036-11-24 12:00:00"}});
    } else {
        send("revokeAccess", {{"roomId", room}, {"mobile", mobile}});
    }
}

void sim_desk::enable(const std::string& room) {
    const bool guest = chance(0.75);
    simulators::text_fields fields{{"roomId", room}};
    if (chance(0.9)) {
        const auto pin = fmt::format("{}", (guest ? 100'000 : 500'000) + calls_made_);
        chosen_.insert(pin);
        fields.emplace_back("pwd", pin);
    }
    send(guest ? "enableGuestPwd" : "enableManagePwd", std::move(fields));
}

void sim_desk::at_the_reader(const std::string& room) {
    switch (pick(6)) {
        case 0:
        case 1: {
            cards_made_.push_back(gateway_.put_card());
            send("addRoomCard", {{"roomId", room}, {"readCardId", reader}});
            return;
        }
        case 2:
            if (!cards_made_.empty()) gateway_.put_card(cards_made_[pick(cards_made_.size())]);
            send("queryRoomCard", {{"readCardId", reader}});
            return;
        case 3:
            if (!cards_made_.empty()) gateway_.put_card(cards_made_[pick(cards_made_.size())]);
            send("returnRoomCard", {{"readCardId", reader}});
            return;
        case 4:
            send("disableRoomCard", {{"roomId", room}});
            return;
        default:
            gateway_.take_card();
    }
}

void sim_desk::send(std::string method, simulators::text_fields fields) {
    fields.emplace_back("hotelNo", hotel);
    fields.emplace_back("operatorGuid", fmt::format("op-{}", ++calls_made_));
    fields.emplace_back("operatorName", "前台甲");
    calls_.spawn("lockapi call", call(std::move(method), simulators::signed_lockapi_form(std::move(fields), pms_)));
}

task<void> sim_desk::call(std::string method, std::string body) {
    auto door = network_.door();
    if (!door) co_return;
    const auto answer = co_await door(fmt::format("/lockapi/{}/lock/{}.do", pms_.id, method),
                                      "application/x-www-form-urlencoded", body);
    if (answer.status == 200) take_promise(method, simulators::decode_form(body), answer.body);
}

void sim_desk::take_promise(const std::string& method, const simulators::text_fields& fields,
                            const std::string& answer) {
    static const std::set<std::string> answered_at_once{"openDoor", "disableFace", "revokeAccess"};
    static const std::set<std::string> told_later{"freezeGuestPwd", "unfreezeGuestPwd", "enableFace", "grantAccess"};
    if (answered_at_once.contains(method)) return;
    const auto json = wire::json_value::parse(answer);
    const auto* data = json && json->integer_of("code") == 0 ? json->find("data") : nullptr;
    if (data == nullptr) return;
    const auto room = simulators::field(fields, "roomId");
    if (!data->is_object()) {
        promised_.push_back({data->text(), room, {}});
        return;
    }
    if (told_later.contains(method)) {
        promised_.push_back({data->text_of("actionId"), room, {}});
        return;
    }
    // Off line the answer carries a computed PIN and promises nothing; so does a PIN nobody chose.
    const auto pin = simulators::field(fields, "pwd");
    if (!pin.empty() && data->text_of("pwd") == pin) promised_.push_back({data->text_of("actionId"), room, pin});
}

}  // namespace lockhub::sim
