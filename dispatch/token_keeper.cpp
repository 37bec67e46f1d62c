#include "dispatch/token_keeper.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "dispatch/core/text_key.hpp"
#include "dispatch/net/await_store.hpp"

namespace lockhub::dispatch {

namespace {

constexpr duration longest_lead = std::chrono::minutes(5);
constexpr duration shortest_life = std::chrono::minutes(1);
constexpr duration failure_is_remembered = std::chrono::seconds(5);

error failure_of(const transport_error& why) {
    return {why.why == error_class::timeout ? errc::timeout : errc::unavailable, "no access token: " + why.message};
}

}  // namespace

struct token_keeper::parts {
    struct entry {
        access_token token;  // usable until its expiry
        time_point refresh_at{};
        bool refreshing = false;
        std::vector<waiter*> waiting;
        error failure;
        time_point failed_until{};
    };

    parts(executor where, storage::store& s, transport& n, waiter_factory& w, const clock& t, duration limit,
          task_group::failure_sink on_failure)
        : store(s), network(n), waiters(w), time(t), timeout(limit), refreshes(where, std::move(on_failure)) {}

    storage::store& store;
    transport& network;
    waiter_factory& waiters;
    const clock& time;
    duration timeout;
    task_group refreshes;
    map_by_text<entry> entries;  // entries stay where they are

    void begin_refresh(entry& one, const command_account& account) {
        one.refreshing = true;
        refreshes.spawn("refresh token", refresh(one, account));
    }
    task<void> refresh(entry& one, command_account account);
    task<result<access_token>> fetch(command_account account);
    task<void> wait_for_refresh(entry& one);
};

task<void> token_keeper::parts::refresh(entry& one, command_account account) {
    const time_point begun_at = time.now();
    result<access_token> fresh = fail(errc::internal, "no access token: the refresh broke off");
    try {
        fresh = co_await fetch(std::move(account));
    } catch (const std::exception& failure) {
        fresh = fail(errc::internal, std::string("no access token: ") + failure.what());
    }
    if (fresh) {
        // A token that was just given works, whatever the two clocks make of its end.
        fresh->expires_at = std::max(fresh->expires_at, time.now() + shortest_life);
        const duration life = fresh->expires_at - begun_at;
        one.refresh_at = fresh->expires_at - std::min(longest_lead, life / 10);
        one.token = std::move(*fresh);
        one.failed_until = time_point{};
    } else {
        one.failure = std::move(fresh.error());
        one.failed_until = time.now() + failure_is_remembered;
    }
    one.refreshing = false;
    for (auto* waiting : std::exchange(one.waiting, {})) waiting->wake();
}

task<result<access_token>> token_keeper::parts::fetch(command_account account) {
    auto request = account.cloud->encode_token_request(time.now());
    if (!request) co_return access_token{};
    const transport_options how{.timeout = timeout, .private_addresses = account.private_addresses};
    auto answer = co_await network.send(std::move(*request), how);
    if (!answer) co_return std::unexpected(failure_of(answer.error()));
    auto token = account.cloud->decode_token(*answer, time.now());
    if (!token) co_return std::unexpected(std::move(token.error()));
    auto saved = co_await await_store<storage::nothing>(
        [&](auto done) { store.save_token(account.cloud->account(), *token, std::move(done)); });
    if (!saved) co_return std::unexpected(std::move(saved.error()));
    co_return std::move(*token);
}

task<void> token_keeper::parts::wait_for_refresh(entry& one) {
    if (!one.refreshing) co_return;  // it ended where it was begun
    const auto waiting = waiters.make_waiter();
    one.waiting.push_back(waiting.get());
    co_await waiting->wait_until(time_point::max());
}

token_keeper::token_keeper(executor where, storage::store& store, transport& network, waiter_factory& waiters,
                           const clock& time, duration timeout, task_group::failure_sink on_failure)
    : parts_(std::make_unique<parts>(where, store, network, waiters, time, timeout, std::move(on_failure))) {}

token_keeper::~token_keeper() = default;

task<result<void>> token_keeper::load() {
    using stored_tokens = std::vector<std::pair<account_id, access_token>>;
    auto stored =
        co_await await_store<stored_tokens>([this](auto done) { parts_->store.load_tokens(std::move(done)); });
    if (!stored) co_return std::unexpected(std::move(stored.error()));
    for (auto& [account, token] : *stored) {
        auto& one = parts_->entries[account.value];
        one.refresh_at = token.expires_at - longest_lead;
        one.token = std::move(token);
    }
    co_return result<void>{};
}

task<result<access_token>> token_keeper::get(command_account account) {
    if (!account.cloud->encode_token_request(parts_->time.now())) co_return access_token{};
    auto& one = parts_->entries[account.cloud->account().value];
    for (;;) {
        const time_point now = parts_->time.now();
        const bool failed_lately = now < one.failed_until;
        if (now < one.token.expires_at) {
            if (now >= one.refresh_at && !one.refreshing && !failed_lately) parts_->begin_refresh(one, account);
            co_return one.token;
        }
        if (failed_lately && !one.refreshing) co_return std::unexpected(one.failure);
        if (!one.refreshing) parts_->begin_refresh(one, account);
        co_await parts_->wait_for_refresh(one);
    }
}

void token_keeper::invalidate(const account_id& account, const access_token& refused) {
    const auto found = parts_->entries.find(account.value);
    if (found != parts_->entries.end() && found->second.token.value == refused.value) found->second.token = {};
}

task<void> token_keeper::join() {
    co_await parts_->refreshes.join();
}

}  // namespace lockhub::dispatch
