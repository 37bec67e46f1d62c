#include "dispatch/log_poller.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "dispatch/core/text_key.hpp"
#include "dispatch/net/await_store.hpp"
#include "dispatch/work_signal.hpp"
#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

namespace {

using storage::polled_lock;

// Of a question for its turn at the account.
constexpr duration longest_wait_for_turn = std::chrono::seconds(20);

struct account_entry {
    account_entry(waiter_factory& waiters, account_id name) : account(std::move(name)), rest(waiters) {}

    account_id account;
    duration every{};  // zero: not polled
    work_signal rest;
    std::size_t polls = 0;  // under way
    map_by_text<bool> under_way;
    map_by_text<log_walk> unfinished;  // by lock: what the next poll goes on with
};

time_point wanted_from(const polled_lock& lock) {
    return std::max(lock.tells_from, lock.read_until) - limits::poll_overlap;
}

}  // namespace

struct log_poller::parts {
    parts(executor where, storage::store& s, waiter_factory& w, const clock& t, log_poller_options o)
        : store(s), waiters(w), time(t), options(std::move(o)), tasks(where, options.on_failure) {}

    storage::store& store;
    waiter_factory& waiters;
    const clock& time;
    log_poller_options options;
    std::vector<std::unique_ptr<account_entry>> accounts;
    bool started = false;
    bool stopping = false;
    task_group tasks;

    task<void> watch(account_entry& entry);
    task<void> poll_all(account_entry& entry, std::vector<polled_lock> locks);
    task<void> poll(account_entry& entry, polled_lock lock);
    task<log_poll_report> read(account_entry& entry, const polled_lock& lock);
    task<result<storage::openings_recorded>> record(storage::polled_openings what);
};

task<void> log_poller::parts::watch(account_entry& entry) {
    while (!stopping) {
        if (entry.every == duration::zero()) {
            co_await entry.rest.rest_until(time_point::max());
            continue;
        }
        const time_point begun_at = time.now();
        auto locks = co_await await_store<std::vector<polled_lock>>(
            [this, &entry](auto done) { store.list_polled_locks(entry.account, std::move(done)); });
        if (locks) co_await poll_all(entry, std::move(*locks));
        while (!stopping && entry.every > duration::zero() && time.now() < begun_at + entry.every) {
            co_await entry.rest.rest_until(begun_at + entry.every);
        }
    }
}

// Spread over the interval, so that they do not fall together.
task<void> log_poller::parts::poll_all(account_entry& entry, std::vector<polled_lock> locks) {
    const time_point begun_at = time.now();
    const auto count = static_cast<duration::rep>(locks.size());
    for (duration::rep i = 0; i < count; ++i) {
        for (;;) {
            if (stopping || entry.every == duration::zero()) co_return;
            const time_point turn_at = begun_at + entry.every * i / count;
            const bool full = entry.polls >= limits::polls_in_flight;
            if (!full && time.now() >= turn_at) break;
            co_await entry.rest.rest_until(full ? time_point::max() : turn_at);
        }
        auto& lock = locks[static_cast<std::size_t>(i)];
        if (!entry.under_way.emplace(lock.lock_uuid, true).second) continue;
        ++entry.polls;
        tasks.spawn("poll a lock's log", poll(entry, std::move(lock)));
    }
}

task<void> log_poller::parts::poll(account_entry& entry, polled_lock lock) {
    const auto report = co_await read(entry, lock);
    entry.under_way.erase(lock.lock_uuid);
    --entry.polls;
    entry.rest.work_now();
    if (options.observer && !stopping) options.observer(report);
}

task<log_poll_report> log_poller::parts::read(account_entry& entry, const polled_lock& lock) {
    log_poll_report report{entry.account.value, lock.lock_uuid, 0, false, std::nullopt};
    const logged_lock where{entry.account, lock.lock_uuid, lock.cloud_home_id, lock.cloud_room_id};
    const auto counted = co_await count_pages(options.ask, where, time.now() + longest_wait_for_turn);
    if (!counted) {
        report.why = counted.error();
        co_return report;
    }
    auto& walk = entry.unfinished.try_emplace(lock.lock_uuid, *counted, wanted_from(lock)).first->second;
    walk.grown_to(*counted);
    for (std::size_t pages = 0; !stopping && pages < limits::poll_pages; ++pages) {
        const auto page = walk.next();
        if (!page) break;
        auto openings = co_await read_page(options.ask, where, *page, time.now() + longest_wait_for_turn);
        if (!openings) {
            report.why = std::move(openings.error());
            co_return report;
        }
        walk.took(*openings, time.now());
        storage::polled_openings what{entry.account, lock.lock_uuid, time.now(), std::move(*openings), std::nullopt};
        if (!walk.next()) what.read_until = walk.newest();
        const auto recorded = co_await record(std::move(what));
        if (!recorded) {
            // What was read is not known to be kept: the next poll begins anew.
            entry.unfinished.erase(lock.lock_uuid);
            report.why = recorded.error();
            co_return report;
        }
        report.told += recorded->told;
    }
    report.goes_on = walk.next().has_value();
    if (!report.goes_on) entry.unfinished.erase(lock.lock_uuid);
    co_return report;
}

task<result<storage::openings_recorded>> log_poller::parts::record(storage::polled_openings what) {
    auto recorded = co_await await_store<storage::openings_recorded>(
        [this, &what](auto done) { store.record_openings(std::move(what), std::move(done)); });
    co_return recorded;
}

log_poller::log_poller(executor where, storage::store& store, waiter_factory& waiters, const clock& time,
                       log_poller_options options)
    : parts_(std::make_unique<parts>(where, store, waiters, time, std::move(options))) {}

log_poller::~log_poller() = default;

void log_poller::set_accounts(std::vector<polled_account> accounts) {
    auto& entries = parts_->accounts;
    for (auto& entry : entries) entry->every = duration::zero();
    for (auto& given : accounts) {
        const auto known = std::ranges::find(entries, given.account, [](const auto& entry) { return entry->account; });
        if (known != entries.end()) {
            (*known)->every = given.every;
            continue;
        }
        auto& added = *entries.emplace_back(std::make_unique<account_entry>(parts_->waiters, given.account));
        added.every = given.every;
        if (parts_->started && !parts_->stopping) parts_->tasks.spawn("poll logs", parts_->watch(added));
    }
    for (auto& entry : entries) entry->rest.work_now();
}

void log_poller::start() {
    parts_->started = true;
    for (auto& entry : parts_->accounts) parts_->tasks.spawn("poll logs", parts_->watch(*entry));
}

void log_poller::stop() {
    parts_->stopping = true;
    for (auto& entry : parts_->accounts) entry->rest.work_now();
}

task<void> log_poller::join() {
    co_await parts_->tasks.join();
}

}  // namespace lockhub::dispatch
