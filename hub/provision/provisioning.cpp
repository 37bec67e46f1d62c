#include "hub/provision/provisioning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "dispatch/net/task_group.hpp"
#include "hub/observe/log.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/core/suggestions.hpp"

namespace lockhub::hub {

namespace {

using dispatch::task;
using outcome = result<provision_report>;

// Somebody who waits for a run in a task of its own.
struct caller {
    std::unique_ptr<dispatch::waiter> wait;
    std::optional<outcome> ended;
};

// However a run ends, its account is free again and who waits is told.
struct leaving {
    std::size_t& under_way;
    caller& who;

    ~leaving() {
        --under_way;
        if (!who.ended) who.ended = fail(errc::internal, "the run ended by a defect: see the log");
        who.wait->wake();
    }
};

error stopping_error() {
    return {errc::unavailable, "the hub stops; what is under way is asked about when it is repeated"};
}

void tell(const account_id& account, const std::string& hotel, const std::string& actor, const outcome& done) {
    if (!done || done->stopped) {
        log::warn("provision.failed", done ? done->stopped->message : done.error().message,
                  {{"account", account.value}, {"hotel", hotel}, {"actor", actor}});
    } else if (done->applied) {
        log::info("provision.done", fmt::format("{} calls, {} refused", done->calls, done->refused.size()),
                  {{"account", account.value}, {"hotel", hotel}, {"actor", actor}});
    }
}

}  // namespace

struct provisioning::parts {
    explicit parts(provisioning_seams given)
        : seams(std::move(given)), tasks(seams.where, [](const std::string& name, const std::string& what) {
              log::error("task.failed", what, {{"task", name}});
          }) {}

    result<std::shared_ptr<const lock_cloud>> find(const account_id& account) const;
    task<void> serve(std::shared_ptr<caller> who, std::shared_ptr<const lock_cloud> cloud, provision_request request);

    provisioning_seams seams;
    std::vector<std::shared_ptr<const lock_cloud>> clouds;
    std::map<std::string, std::size_t> under_way;  // by account
    std::set<std::shared_ptr<caller>> callers;
    bool stopping = false;
    dispatch::task_group tasks;
};

result<std::shared_ptr<const lock_cloud>> provisioning::parts::find(const account_id& account) const {
    std::vector<std::string_view> known;
    for (const auto& cloud : clouds) {
        if (cloud->account() == account) return cloud;
        known.push_back(cloud->account().value);
    }
    return fail(errc::not_found,
                fmt::format("no account '{}' is configured{}", account.value, did_you_mean(account.value, known)));
}

task<void> provisioning::parts::serve(std::shared_ptr<caller> who, std::shared_ptr<const lock_cloud> cloud,
                                      provision_request request) {
    const leaving at_the_end{under_way[request.account.value], *who};
    const auto account = request.account;
    const auto hotel = request.hotel.value;
    const auto actor = request.actor;
    const auto until = seams.time.now() + limits::provision_timeout;
    provision_run one(seams.run, std::move(cloud), std::move(request), [this, until]() -> std::optional<error> {
        if (stopping) return stopping_error();
        if (seams.time.now() < until) return std::nullopt;
        return error{errc::timeout,
                     fmt::format("not done within {} min: repeat it for the rest", limits::provision_timeout.count())};
    });
    auto ended = co_await one.run();
    tell(account, hotel, actor, ended);
    who->ended = std::move(ended);
}

provisioning::provisioning(provisioning_seams seams) : parts_(std::make_unique<parts>(std::move(seams))) {}

provisioning::~provisioning() = default;

void provisioning::set_clouds(std::vector<std::shared_ptr<const lock_cloud>> clouds) {
    parts_->clouds = std::move(clouds);
}

task<outcome> provisioning::run(provision_request request) {
    auto& p = *parts_;
    if (p.stopping) co_return std::unexpected(stopping_error());
    auto cloud = p.find(request.account);
    if (!cloud) co_return std::unexpected(std::move(cloud.error()));
    if (p.under_way[request.account.value] >= limits::provisions_in_flight) {
        co_return fail(errc::conflict, fmt::format("a hotel is provisioned at {} already: wait until it is done",
                                                   request.account.value));
    }
    ++p.under_way[request.account.value];
    const auto me = std::make_shared<caller>(p.seams.waiters.make_waiter(), std::nullopt);
    p.callers.insert(me);
    p.tasks.spawn("provision", p.serve(me, *std::move(cloud), std::move(request)));
    while (!me->ended && !p.stopping) {
        co_await me->wait->wait_until(time_point::max());
    }
    p.callers.erase(me);
    if (!me->ended) co_return std::unexpected(stopping_error());
    co_return std::move(*me->ended);
}

void provisioning::stop() {
    parts_->stopping = true;
    for (const auto& waiting : parts_->callers) waiting->wait->wake();
}

task<void> provisioning::join() {
    co_await parts_->tasks.join();
}

}  // namespace lockhub::hub
