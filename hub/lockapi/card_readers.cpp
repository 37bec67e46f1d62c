#include <algorithm>

#include "hub/lockapi/gathering.hpp"
#include "hub/lockapi/methods.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/quhuhu/room_replies.hpp"

namespace lockhub::hub {
namespace {

// A reader hangs on its gateway's PC: it is on line when the gateway answers, whatever the answer is.
task<void> feel_pulse(lockapi_context& with, account_id account, time_point until) {
    vendor_command question;
    question.verb = command_verb::list_devices;
    auto facts = co_await with.ask(account, std::move(question), until);
    const bool answered_at_all = facts || facts.error().code == errc::conflict;
    with.pulse.note(account.value, answered_at_all, with.time.now());
}

task<void> feel_pulses(lockapi_context& with, const std::vector<card_reader>& readers, time_point until) {
    gathering asking(with.tasks, with.waiters, with.time);
    std::vector<account_id> asked;
    for (const auto& reader : readers) {
        if (with.pulse.answers(reader.account.value, with.time.now())) continue;
        if (std::ranges::find(asked, reader.account) != asked.end()) continue;
        asked.push_back(reader.account);
        asking.add("ask a gateway", feel_pulse(with, reader.account, until));
    }
    co_await asking.wait_until(until);
}

}  // namespace

task<operation_answer> query_card_readers(lockapi_context& with, lockapi_call call) {
    const auto& request = call.request;
    auto hotel = co_await with.reads.locks_of_rooms(request.pms, request.hotel, {});
    if (!hotel) co_return not_read(hotel.error());
    auto readers = with.settings.readers.of_hotel(request.pms, request.hotel);
    const auto until = std::min(call.until, with.time.now() + limits::pulse_timeout);
    co_await feel_pulses(with, readers, until);
    std::vector<quhuhu::card_reader_state> states;
    for (auto& reader : readers) {
        const bool online = with.pulse.answers(reader.account.value, with.time.now()).value_or(false);
        states.push_back({std::move(reader.id), online, std::move(reader.nickname)});
    }
    co_return answered(quhuhu::card_readers_data(request.hotel.value, states));
}

}  // namespace lockhub::hub
