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

void sim_desk::something_for(const std::string& room, bool has_cards) {
    if (has_cards && chance(0.4)) {
        at_the_reader(room);
    } else if (chance(0.6)) {
        enable(room);
    } else {
        send(chance(0.7) ? "disableGuestPwd" : "disableManagePwd", {{"roomId", room}});
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
    if (answer.status == 200) take_promise(simulators::decode_form(body), answer.body);
}

void sim_desk::take_promise(const simulators::text_fields& fields, const std::string& answer) {
    const auto json = wire::json_value::parse(answer);
    const auto* data = json && json->integer_of("code") == 0 ? json->find("data") : nullptr;
    if (data == nullptr) return;
    const auto room = simulators::field(fields, "roomId");
    if (!data->is_object()) {
        promised_.push_back({data->text(), room, {}});
        return;
    }
    // Off line the answer carries a computed PIN and promises nothing; so does a PIN nobody chose.
    const auto pin = simulators::field(fields, "pwd");
    if (!pin.empty() && data->text_of("pwd") == pin) promised_.push_back({data->text_of("actionId"), room, pin});
}

}  // namespace lockhub::sim
