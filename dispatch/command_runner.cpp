#include "dispatch/command_runner.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "dispatch/call_turns.hpp"
#include "dispatch/command_events.hpp"
#include "dispatch/core/busy_pause.hpp"
#include "dispatch/core/flight_table.hpp"
#include "dispatch/core/lease_planner.hpp"
#include "dispatch/core/text_key.hpp"
#include "dispatch/net/await_store.hpp"
#include "dispatch/work_signal.hpp"
#include "schemas/domain/method_fields.hpp"

namespace lockhub::dispatch {

namespace {

using storage::command_settlement;
using storage::leased_command;
using account_key = lease_planner::key;

struct flight {
    leased_command row;
    account_key account = 0;
    bool handed_over = false;  // sending: the request may have reached the cloud
    bool given_back = false;   // settled already, because the hub stops
};

struct account_entry {
    account_entry(waiter_factory& waiters, const clock& time) : turns(waiters, time) {}

    command_account settings;
    bool enabled = true;
    call_counts counts;
    call_turns turns;
    busy_pause pause;
};

// Of a leased command for its turn: within the slack of its lease.
constexpr duration longest_wait_for_turn = std::chrono::seconds(30);

// A question that may be asked now.
struct question_turn {
    account_key account = 0;
    call_turns::turn turn;
};

planner_settings planner_for_commands() {
    planner_settings out;
    out.in_flight = limits::commands_in_flight;
    out.in_flight_per_target = limits::commands_in_flight_per_account;
    out.part_of_free = 4;
    // Commands of a cloud that cannot be reached are leased all the same: that is how they come to expire.
    out.breaker_stops_leases = false;
    return out;
}

}  // namespace

struct command_runner::parts {
    parts(executor where, storage::store& s, transport& network, waiter_factory& w, const clock& t, entropy& random,
          token_keeper& tokens, command_runner_options o)
        : store(s),
          waiters(w),
          time(t),
          options(std::move(o)),
          caller(network, t, random, tokens, options.vendor_timeout),
          planner(planner_for_commands()),
          leasing(w),
          stopping_wait(w),
          loops(where, options.on_failure),
          calls(where, options.on_failure) {}

    storage::store& store;
    waiter_factory& waiters;
    const clock& time;
    command_runner_options options;
    cloud_caller caller;
    lease_planner planner;
    std::vector<std::unique_ptr<account_entry>> accounts;
    map_by_text<account_key> by_name;
    flight_table<flight> flights;
    std::size_t flying = 0;  // flights not given back
    work_signal leasing;
    work_signal stopping_wait;
    bool stopping = false;
    time_point deadline = time_point::max();
    task_group loops;
    task_group calls;

    void consider_leasing() { leasing.work_at(planner.next_at()); }
    duration lease_duration() const {
        // A turn, token, call, and all once more.
        return std::max<duration>(limits::lease_duration, 4 * options.vendor_timeout + longest_wait_for_turn +
                                                              longest_wait_for_second_call + std::chrono::seconds(30));
    }

    task<void> lease_loop();
    task<void> lease(std::vector<planned_share> shares);
    void take_in(const std::vector<planned_share>& shares, std::vector<leased_command> rows);
    void begin(leased_command row);
    task<void> carry(std::size_t place);
    task<command_event_type> call(std::size_t place);
    task<command_event_type> send(std::size_t place, call_turns::turn& turn);
    task<command_event_type> ask_about(std::size_t place, call_turns::turn& turn);
    template <class Reply>
    void listen(conversation<Reply>& talk, account_entry& entry);
    void decided(account_key account, leased_command row, command_settlement settlement);
    task<void> settle(account_key account, leased_command row, command_settlement settlement);
    task<result<question_turn>> begin_question(account_id account, time_point until);
    void give_back_flights();
};

task<void> command_runner::parts::lease_loop() {
    while (!stopping) {
        auto shares = planner.plan(time.now());
        if (shares.empty()) {
            co_await leasing.rest_until(planner.next_at());
        } else {
            co_await lease(std::move(shares));
        }
    }
}

task<void> command_runner::parts::lease(std::vector<planned_share> shares) {
    storage::command_lease_request request{options.owner, lease_duration(), {}};
    for (const auto& share : shares) {
        request.shares.push_back({accounts[share.target]->settings.cloud->account(), share.limit});
    }
    auto leased = co_await await_store<std::vector<leased_command>>(
        [this, &request](auto done) { store.lease_commands(std::move(request), std::move(done)); });
    if (leased) {
        take_in(shares, std::move(*leased));
        co_return;
    }
    const time_point later = time.now() + pause_after_store_failure;
    planner.lease_failed(shares, time.now(), later);
    if (!stopping) co_await leasing.rest_until(later);
}

void command_runner::parts::take_in(const std::vector<planned_share>& shares, std::vector<leased_command> rows) {
    const time_point now = time.now();
    std::vector<std::size_t> came(accounts.size(), 0);
    for (const auto& row : rows) ++came.at(by_name.at(row.account.value));
    for (const auto& share : shares) planner.leased(share, came[share.target], now);
    for (auto& row : rows) begin(std::move(row));
}

void command_runner::parts::begin(leased_command row) {
    const time_point now = time.now();
    const account_key account = by_name.at(row.account.value);
    if (stopping || !accounts[account]->enabled) {
        auto settlement = settle_command(row, command_event::interrupted{}, options.rules, now);
        return decided(account, std::move(row), std::move(settlement));
    }
    if (expired_unsent(row, options.rules, now)) {
        auto settlement = settle_expired(row);
        return decided(account, std::move(row), std::move(settlement));
    }
    ++flying;
    calls.spawn("command", carry(flights.add({.row = std::move(row), .account = account})));
}

task<void> command_runner::parts::carry(std::size_t place) {
    const auto event = co_await call(place);
    auto what = flights.release(place);
    if (what.given_back) co_return;
    --flying;
    auto settlement = settle_command(what.row, event, options.rules, time.now());
    decided(what.account, std::move(what.row), std::move(settlement));
    if (stopping && flying == 0) stopping_wait.work_now();
}

// What each answer says of the cloud's load.
template <class Reply>
void command_runner::parts::listen(conversation<Reply>& talk, account_entry& entry) {
    talk.answered = [this, &entry](const std::optional<busy_answer>& busy) {
        const time_point now = time.now();
        if (!busy) return entry.pause.served(now);
        entry.pause.busy(now, busy->come_again_after);
        entry.turns.pause(entry.pause.until(now));
    };
}

task<command_event_type> command_runner::parts::call(std::size_t place) {
    account_entry& entry = *accounts[flights.at(place).account];
    auto turn = co_await entry.turns.take(call_turns::kind::command, time.now() + longest_wait_for_turn);
    if (!turn && entry.turns.closed()) co_return command_event::interrupted{};
    if (!turn) co_return event_without_turn(flights.at(place).row.state, entry.pause.until(time.now()));
    if (flights.at(place).row.state == command_state::sending) co_return co_await send(place, *turn);
    co_return co_await ask_about(place, *turn);
}

task<command_event_type> command_runner::parts::send(std::size_t place, call_turns::turn& turn) {
    const account_key account = flights.at(place).account;
    account_entry& entry = *accounts[account];
    auto talk = talk_to_send(entry.settings.cloud, flights.at(place).row.command, time);
    talk.under_way = [this, place](bool may_reach) { flights.at(place).handed_over = may_reach; };
    listen(talk, entry);
    // Waiting for a turn and for a token takes time.
    talk.encode = [this, place, encode = std::move(talk.encode)](const access_token& token,
                                                                 std::string_view nonce) -> result<wire::http_request> {
        if (expired_unsent(flights.at(place).row, options.rules, time.now()))
            return fail(errc::timeout, "it is too late to send it");
        return encode(token, nonce);
    };
    auto said = co_await caller.hold(entry.settings, planner.breaker_of(account), entry.counts, turn, std::move(talk));
    co_return event_of(std::move(said));
}

task<command_event_type> command_runner::parts::ask_about(std::size_t place, call_turns::turn& turn) {
    const account_key account = flights.at(place).account;
    account_entry& entry = *accounts[account];
    auto talk = talk_to_ask(entry.settings.cloud, flights.at(place).row.command, time);
    listen(talk, entry);
    auto said = co_await caller.hold(entry.settings, planner.breaker_of(account), entry.counts, turn, std::move(talk));
    co_return event_of(std::move(said));
}

// The place in the budget is kept until the settlement is durable.
void command_runner::parts::decided(account_key account, leased_command row, command_settlement settlement) {
    row.command.pin = {};
    row.command.biometric = {};
    loops.spawn("settle command", settle(account, std::move(row), std::move(settlement)));
}

task<void> command_runner::parts::settle(account_key account, leased_command row, command_settlement settlement) {
    const auto pause = waiters.make_waiter();
    for (;;) {
        auto settled = co_await await_store<storage::command_settled>(
            [&](auto done) { store.settle_command(settlement, std::move(done)); });
        if (settled || settled.error().code == errc::conflict) break;
        if (settled.error().code != errc::unavailable) {
            if (options.on_failure) options.on_failure("settle command", settled.error().message);
            break;
        }
        if (store.statistics().poisoned || time.now() >= deadline) break;
        co_await pause->wait_until(time.now() + pause_after_store_failure);
    }
    planner.ended(account, call_end::never_made, time.now());
    consider_leasing();
    if (!options.observer) co_return;
    options.observer({.account = row.account.value,
                      .action = row.action.value,
                      .verb = row.command.verb,
                      .from = row.state,
                      .next = settlement.next,
                      .message = settlement.message,
                      .due_at = settlement.due_at});
}

// The account, when it is configured and may be asked one question more.
task<result<question_turn>> command_runner::parts::begin_question(account_id account, time_point until) {
    const auto found = by_name.find(account.value);
    if (found == by_name.end() || !accounts[found->second]->enabled) {
        co_return fail(errc::not_found, "account " + account.value + " is not configured");
    }
    const account_key who = found->second;
    auto turn = co_await accounts[who]->turns.take(call_turns::kind::question, until);
    if (!turn) {
        const time_point now = time.now();
        if (accounts[who]->pause.until(now) > now) {
            co_return fail(errc::unavailable, "the lock cloud of account " + account.value + " is busy");
        }
        co_return fail(now >= until ? errc::timeout : errc::unavailable,
                       "too many questions wait for account " + account.value);
    }
    co_return question_turn{who, std::move(*turn)};
}

void command_runner::parts::give_back_flights() {
    const time_point now = time.now();
    flights.for_each([&](flight& what) {
        if (what.given_back) return;
        what.given_back = true;
        const command_event_type event = what.handed_over
                                             ? command_event_type(command_event::reply_lost{"the hub stopped"})
                                             : command_event_type(command_event::interrupted{});
        decided(what.account, what.row, settle_command(what.row, event, options.rules, now));
    });
    flying = 0;
    for (const auto& entry : accounts) entry->turns.close();
}

command_runner::command_runner(executor where, storage::store& store, transport& network, waiter_factory& waiters,
                               const clock& time, entropy& random, token_keeper& tokens, command_runner_options options)
    : parts_(std::make_unique<parts>(where, store, network, waiters, time, random, tokens, std::move(options))) {}

command_runner::~command_runner() = default;

void command_runner::set_accounts(std::vector<command_account> accounts) {
    const time_point now = parts_->time.now();
    for (auto& entry : parts_->accounts) entry->enabled = false;
    for (auto& account : accounts) {
        const std::string name = account.cloud->account().value;
        const auto [place, fresh] = parts_->by_name.emplace(name, static_cast<account_key>(parts_->accounts.size()));
        if (fresh) {
            parts_->accounts.push_back(std::make_unique<account_entry>(parts_->waiters, parts_->time));
            assure(parts_->planner.add_target() == place->second, "accounts and planner number their targets alike");
        }
        auto& entry = *parts_->accounts[place->second];
        entry.settings = std::move(account);
        entry.enabled = true;
        const auto at_once = entry.settings.calls_at_once;
        entry.turns.allow({at_once, entry.settings.calls_per_second});
        parts_->planner.set_most(place->second, at_once);
    }
    for (account_key who = 0; who < parts_->accounts.size(); ++who) {
        parts_->planner.enable(who, parts_->accounts[who]->enabled, now);
    }
    parts_->consider_leasing();
}

void command_runner::note_due(const std::vector<storage::due_hint>& hints) {
    for (const auto& hint : hints) {
        const auto found = parts_->by_name.find(hint.key);
        if (found != parts_->by_name.end()) parts_->planner.note_due(found->second, hint.due_at);
    }
    parts_->consider_leasing();
}

void command_runner::start() {
    parts_->loops.spawn("lease commands", parts_->lease_loop());
}

task<void> command_runner::stop(time_point deadline) {
    parts_->stopping = true;
    parts_->deadline = deadline;
    parts_->leasing.work_now();
    while (parts_->flying > 0 && parts_->time.now() < deadline) {
        co_await parts_->stopping_wait.rest_until(deadline);
    }
    parts_->give_back_flights();
    co_await parts_->loops.join();
}

task<void> command_runner::join() {
    co_await parts_->calls.join();
}

task<result<command_facts>> command_runner::ask(account_id account, vendor_command command, time_point until) {
    assure(!changes_lock(command.verb), "what changes a lock needs a persisted intent");
    auto question = co_await parts_->begin_question(std::move(account), until);
    if (!question) co_return std::unexpected(std::move(question.error()));
    account_entry& entry = *parts_->accounts[question->account];
    auto talk = talk_to_send(entry.settings.cloud, std::move(command), parts_->time);
    parts_->listen(talk, entry);
    auto said = co_await parts_->caller.hold(entry.settings, parts_->planner.breaker_of(question->account),
                                             entry.counts, question->turn, std::move(talk));
    if (!said) co_return std::unexpected(std::move(said.error().why));
    co_return facts_of(std::move(said->reply));
}

task<call_result<method_called>> command_runner::call_method(account_id account, std::string method,
                                                             wire::form fields) {
    const auto not_made = [](error why) {
        return std::unexpected(call_failure{call_failure::kind::not_made, std::move(why), {}});
    };
    auto question =
        co_await parts_->begin_question(std::move(account), parts_->time.now() + limits::method_turn_timeout);
    if (!question) co_return not_made(std::move(question.error()));
    account_entry& entry = *parts_->accounts[question->account];
    const auto cloud = entry.settings.cloud;
    const auto named = find_method(cloud->methods(), method);
    if (!named) co_return not_made(named.error());
    auto talk = talk_to_call(cloud, **named, std::move(fields), parts_->time);
    parts_->listen(talk, entry);
    auto said = co_await parts_->caller.hold(entry.settings, parts_->planner.breaker_of(question->account),
                                             entry.counts, question->turn, std::move(talk));
    co_return said;
}

std::size_t command_runner::in_flight() const {
    return parts_->flying;
}

std::vector<command_statistics> command_runner::statistics() const {
    std::vector<command_statistics> out;
    for (account_key who = 0; who < parts_->accounts.size(); ++who) {
        const account_entry& entry = *parts_->accounts[who];
        const breaker& protection = parts_->planner.breaker_of(who);
        const bool open = protection.state() == breaker_state::open;
        out.push_back({.account = entry.settings.cloud->account().value,
                       .calls = entry.counts.calls,
                       .no_contact = entry.counts.no_contact,
                       .in_flight = parts_->planner.in_flight(who),
                       .breaker = protection.state(),
                       .breaker_until = open ? protection.open_until() : time_point{},
                       .failures_in_a_row = protection.failures_in_a_row(),
                       .busy_answers = entry.pause.answers(),
                       .paused_until = entry.pause.until(parts_->time.now())});
    }
    return out;
}

}  // namespace lockhub::dispatch
