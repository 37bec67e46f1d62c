#include "storage/sqlite/commit_loop.hpp"

#include <optional>

#include "storage/sqlite/engine_failure.hpp"

namespace lockhub::storage::sqlite {

namespace {

error closed_error() {
    return {errc::unavailable, "the store is closed"};
}
error poisoned_error() {
    return {errc::unavailable, "the store failed and must be restarted"};
}

}  // namespace

struct commit_loop::group_run {
    std::vector<unit_pointer> units;
    completion_batch completions;
};

commit_loop::commit_loop(group_engine& engine, const clock& time, completion_sink sink)
    : engine_(engine), time_(time), sink_(std::move(sink)) {}

bool commit_loop::run_group() {
    auto taken = queue_.take();
    if (taken.empty()) return false;
    group_run run{.units = std::move(taken.units), .completions = {}};
    for (auto& [u, why] : taken.refused) run.completions.push_back(u->refuse(std::move(why)));
    try {
        if (!run.units.empty()) {
            if (statistics().poisoned)
                refuse_all(run, poisoned_error());
            else if (try_whole(run) == attempt::unit_failed)
                run_one_by_one(run);
        }
    } catch (const std::exception& why) {
        poison(run, why.what());
    }
    if (!run.completions.empty()) sink_(std::move(run.completions));
    if (statistics().poisoned) return true;
    try {
        engine_.after_group();
    } catch (const std::exception& why) {
        group_run nobody;
        poison(nobody, why.what());
        sink_(std::move(nobody.completions));
    }
    return true;
}

commit_loop::attempt commit_loop::try_whole(group_run& run) {
    const auto began = time_.ticks();
    try {
        engine_.begin();
    } catch (const engine_failure& why) {
        if (why.fatal()) throw;
        // Somebody else holds the file, for longer than the busy time-out: nothing is damaged.
        refuse_all(run, {errc::unavailable, "the database is locked by another program"});
        return attempt::committed;
    }
    try {
        for (auto& u : run.units) u->apply();
    } catch (const engine_failure& why) {
        if (why.fatal()) throw;
        engine_.roll_back();
        return attempt::unit_failed;
    } catch (const std::exception&) {
        engine_.roll_back();
        return attempt::unit_failed;
    }
    engine_.commit();
    count(run, run.units.size(), began);
    for (auto& u : run.units) settle(run, std::move(u));
    engine_.announce(run.completions);
    return attempt::committed;
}

void commit_loop::run_one_by_one(group_run& run) {
    for (auto& u : run.units) run_alone(run, u);
}

void commit_loop::run_alone(group_run& run, unit_pointer& u) {
    const auto began = time_.ticks();
    std::optional<error> why;
    engine_.begin();
    try {
        u->apply();
    } catch (const unit_refused& refused) {
        why = refused.why;
    } catch (const engine_failure& failed) {
        if (failed.fatal()) throw;
        why = error{errc::internal, failed.what()};
    } catch (const std::exception& failed) {
        why = error{errc::internal, failed.what()};
    }
    if (why) {
        engine_.roll_back();
        run.completions.push_back(u->refuse(std::move(*why)));
        u.reset();
        return;
    }
    engine_.commit();
    count(run, 1, began);
    settle(run, std::move(u));
    engine_.announce(run.completions);
}

void commit_loop::settle(group_run& run, unit_pointer u) {
    u->committed();
    if (u->finished())
        run.completions.push_back(u->complete());
    else
        queue_.put_again(std::move(u));
}

void commit_loop::refuse_all(group_run& run, const error& why) {
    for (auto& u : run.units)
        if (u) run.completions.push_back(u->refuse(why));
    run.units.clear();
}

void commit_loop::poison(group_run& run, const std::string& why) {
    {
        std::lock_guard lock(statistics_mutex_);
        statistics_.poisoned = true;
    }
    queue_.refuse_from_now(poisoned_error());
    refuse_all(run, poisoned_error());
    refuse_waiting(run, poisoned_error());
    run.completions.push_back([told = poison_told_, why] {
        if (told) told(why);
    });
}

void commit_loop::refuse_waiting(group_run& run, const error& why) {
    for (auto rest = queue_.take(); !rest.empty(); rest = queue_.take()) {
        for (auto& u : rest.units) run.completions.push_back(u->refuse(why));
        for (auto& [u, reason] : rest.refused) run.completions.push_back(u->refuse(std::move(reason)));
    }
}

void commit_loop::submit(unit_pointer u) {
    auto late = queue_.put(std::move(u));
    if (!late) return;
    completion_batch alone;
    alone.push_back(late->refuse(closed_error()));
    sink_(std::move(alone));
}

void commit_loop::close() {
    queue_.end(closed_error());
}

void commit_loop::abandon() {
    close();
    group_run nobody;
    refuse_waiting(nobody, closed_error());
    drained();
    if (!nobody.completions.empty()) sink_(std::move(nobody.completions));
}

void commit_loop::count(group_run& run, std::size_t units, std::chrono::microseconds began) {
    const auto took = time_.ticks() - began;
    {
        std::lock_guard lock(statistics_mutex_);
        statistics_.commits += 1;
        statistics_.units += units;
        statistics_.last_group_units = units;
        statistics_.last_commit = took;
    }
    if (commit_told_) run.completions.push_back([this, units, took] { commit_told_(units, took); });
}

void commit_loop::on_poison(std::function<void(const std::string&)> told) {
    poison_told_ = std::move(told);
}
void commit_loop::on_commit(std::function<void(std::size_t, std::chrono::microseconds)> told) {
    commit_told_ = std::move(told);
}

writer_statistics commit_loop::statistics() const {
    std::lock_guard lock(statistics_mutex_);
    auto out = statistics_;
    out.queued_units = queue_.size();
    return out;
}

}  // namespace lockhub::storage::sqlite
