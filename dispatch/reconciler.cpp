#include "dispatch/reconciler.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "dispatch/core/jitter.hpp"
#include "dispatch/net/await_store.hpp"
#include "dispatch/work_signal.hpp"
#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

namespace {

using storage::inventory_applied;
using storage::leased_inventory;

constexpr duration lease = std::chrono::minutes(3);  // a question and its turn, and some
constexpr duration pause_after_failure = std::chrono::seconds(5);
constexpr duration longest_rest = std::chrono::hours(1);
constexpr double spread_part = 0.1;

std::uint64_t seed_from(entropy& random) {
    std::uint64_t seed = 0;
    random.fill(std::as_writable_bytes(std::span(&seed, 1)));
    return seed;
}

// Somebody who waits for a number of locks.
struct checking {
    std::unique_ptr<waiter> wait;
    std::size_t left = 0;
    reconciled sum;
};

struct job {
    leased_inventory lock;
    std::shared_ptr<checking> who;  // empty: by schedule
};

void add(reconciled& sum, const leased_inventory& lock, const result<inventory_applied>& outcome) {
    if (!outcome) {
        sum.failures.push_back(lock.lock_uuid + ": " + outcome.error().message);
        return;
    }
    (outcome->compared ? sum.compared : sum.postponed) += 1;
    sum.found += outcome->found;
    sum.settled += outcome->settled + outcome->doubts_settled;
    sum.repairs += outcome->repair ? 1 : 0;
}

}  // namespace

struct reconciler::parts {
    parts(executor where, storage::store& s, waiter_factory& w, const clock& t, entropy& random, question asking,
          reconciler_options o)
        : store(s),
          waiters(w),
          time(t),
          ask(std::move(asking)),
          options(std::move(o)),
          spread(seed_from(random)),
          resting(w),
          tasks(where, options.on_failure) {}

    bool scheduled() const { return options.every > duration::zero(); }
    bool has_turn(const std::string& account) const {
        const auto found = in_flight.find(account);
        return found == in_flight.end() || found->second < limits::inventories_in_flight;
    }
    duration again_after() {
        const auto every = scheduled() ? options.every : duration(std::chrono::hours(24));
        const double by = 1 - spread_part + 2 * spread_part * spread.next();
        return duration(static_cast<duration::rep>(static_cast<double>(every.count()) * by));
    }

    task<void> keep_going();
    task<void> lease_due();
    void begin_wished();
    bool begin(job what);
    task<void> carry(job what);
    task<result<inventory_applied>> compare(const leased_inventory& lock);
    task<void> give_up(const leased_inventory& lock, std::string why);
    task<result<reconciled>> check(storage::inventory_wish wish);

    storage::store& store;
    waiter_factory& waiters;
    const clock& time;
    question ask;
    reconciler_options options;
    jitter spread;
    std::vector<account_id> accounts;
    std::map<std::string, std::size_t> in_flight;  // by account
    std::set<std::pair<std::string, std::string>> under_way;
    std::deque<job> wished;
    std::set<std::shared_ptr<checking>> callers;
    time_point next_at{};  // something is due then; epoch: look at once
    work_signal resting;
    bool stopping = false;
    task_group tasks;
};

task<void> reconciler::parts::keep_going() {
    while (!stopping) {
        begin_wished();
        if (scheduled() && next_at <= time.now()) {
            co_await lease_due();
            if (stopping) break;
        }
        const auto until = scheduled() ? std::min(next_at, time.now() + longest_rest) : time_point::max();
        if (until > time.now()) co_await resting.rest_until(until);
    }
}

task<void> reconciler::parts::lease_due() {
    storage::inventory_lease_request request;
    request.lease = lease;
    for (const auto& account : accounts) {
        if (!has_turn(account.value)) continue;
        request.shares.push_back({account, limits::inventories_in_flight - in_flight[account.value]});
    }
    next_at = time_point::max();  // what is noted meanwhile counts
    if (request.shares.empty()) co_return;
    auto leased = co_await await_store<storage::inventories_leased>(
        [&](auto done) { store.lease_inventories(std::move(request), std::move(done)); });
    if (!leased) {
        next_at = time.now() + pause_after_failure;
        co_return;
    }
    for (auto& lock : leased->locks) begin({std::move(lock), nullptr});
    // Of an account without a turn left: looked at again when one of its locks is done.
    const auto now = time.now();
    if (leased->next_due && *leased->next_due > now) next_at = std::min(next_at, *leased->next_due);
}

void reconciler::parts::begin_wished() {
    std::deque<job> waiting;
    while (!wished.empty()) {
        auto next = std::move(wished.front());
        wished.pop_front();
        if (!has_turn(next.lock.account.value) || !begin(next)) waiting.push_back(std::move(next));
    }
    wished = std::move(waiting);
}

// False: the lock is being compared already.
bool reconciler::parts::begin(job what) {
    if (stopping || !under_way.emplace(what.lock.account.value, what.lock.lock_uuid).second) return false;
    ++in_flight[what.lock.account.value];
    tasks.spawn("compare a lock", carry(std::move(what)));
    return true;
}

task<void> reconciler::parts::carry(job what) {
    const auto outcome = co_await compare(what.lock);
    --in_flight[what.lock.account.value];
    under_way.erase({what.lock.account.value, what.lock.lock_uuid});
    if (options.observer && !stopping)
        options.observer({.account = what.lock.account.value, .lock_uuid = what.lock.lock_uuid, .outcome = outcome});
    if (what.who) {
        add(what.who->sum, what.lock, outcome);
        if (--what.who->left == 0) what.who->wait->wake();
    }
    next_at = time_point{};
    resting.work_now();
}

task<result<inventory_applied>> reconciler::parts::compare(const leased_inventory& lock) {
    vendor_command command;
    command.verb = command_verb::read_pins;
    command.lock_uuid = lock.lock_uuid;
    command.cloud_home_id = lock.cloud_home_id;
    command.cloud_room_id = lock.cloud_room_id;
    const auto asked_at = time.now();
    auto facts = co_await ask(lock.account, std::move(command), asked_at + options.question_timeout);
    if (stopping) co_return fail(errc::unavailable, "the hub stops");
    if (!facts) {
        co_await give_up(lock, facts.error().message);
        co_return std::unexpected(std::move(facts.error()));
    }
    storage::inventory_report report;
    report.account = lock.account;
    report.lock_uuid = lock.lock_uuid;
    report.asked_at = asked_at;
    report.credentials = std::move(facts->credentials);
    report.again_after = again_after();
    report.repair = options.repair;
    auto applied = co_await await_store<inventory_applied>(
        [&](auto done) { store.apply_inventory(std::move(report), std::move(done)); });
    if (!applied && applied.error().code != errc::unavailable) co_await give_up(lock, applied.error().message);
    co_return applied;
}

task<void> reconciler::parts::give_up(const leased_inventory& lock, std::string why) {
    storage::inventory_failure failure{
        .account = lock.account, .lock_uuid = lock.lock_uuid, .again_after = again_after(), .message = std::move(why)};
    // Where this fails too, the lock's lease ends by itself.
    co_await await_store<storage::nothing>(
        [&](auto done) { store.fail_inventory(std::move(failure), std::move(done)); });
}

task<result<reconciled>> reconciler::parts::check(storage::inventory_wish wish) {
    if (stopping) co_return fail(errc::unavailable, "the hub stops");
    auto locks = co_await await_store<std::vector<leased_inventory>>(
        [&](auto done) { store.wish_inventories(std::move(wish), std::move(done)); });
    if (!locks) co_return std::unexpected(std::move(locks.error()));
    const auto me = std::make_shared<checking>(waiters.make_waiter());
    me->left = locks->size();
    me->sum.locks = locks->size();
    for (auto& lock : *locks) wished.push_back({std::move(lock), me});
    callers.insert(me);
    resting.work_now();
    while (me->left > 0 && !stopping) co_await me->wait->wait_until(time_point::max());
    callers.erase(me);
    if (me->left > 0) co_return fail(errc::unavailable, "the hub stops");
    co_return std::move(me->sum);
}

reconciler::reconciler(executor where, storage::store& store, waiter_factory& waiters, const clock& time,
                       entropy& random, question ask, reconciler_options options)
    : parts_(std::make_unique<parts>(where, store, waiters, time, random, std::move(ask), std::move(options))) {}

reconciler::~reconciler() = default;

void reconciler::set_accounts(std::vector<account_id> accounts) {
    parts_->accounts = std::move(accounts);
    parts_->next_at = time_point{};
    parts_->resting.work_now();
}

void reconciler::note_due(const std::vector<storage::due_hint>& hints) {
    for (const auto& hint : hints) {
        parts_->next_at = std::min(parts_->next_at, hint.due_at);
        parts_->resting.work_at(hint.due_at);
    }
}

void reconciler::start() {
    parts_->tasks.spawn("reconciliation", parts_->keep_going());
}

task<result<reconciled>> reconciler::check(pms_id pms, hotel_no hotel, room_id room) {
    storage::inventory_wish wish{
        .pms = std::move(pms), .hotel = std::move(hotel), .room = std::move(room), .accounts = {}, .lease = lease};
    wish.accounts = parts_->accounts;
    return parts_->check(std::move(wish));
}

void reconciler::stop() {
    parts_->stopping = true;
    parts_->resting.work_now();
    for (const auto& waiting : parts_->callers) waiting->wait->wake();
}

task<void> reconciler::join() {
    co_await parts_->tasks.join();
}

}  // namespace lockhub::dispatch
