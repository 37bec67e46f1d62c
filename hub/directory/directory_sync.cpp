#include "hub/directory/directory_sync.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <span>

#include "dispatch/net/await_store.hpp"
#include "dispatch/net/task_group.hpp"
#include "hub/directory/sync_schedule.hpp"
#include "hub/observe/log.hpp"

namespace lockhub::hub {

namespace {

using dispatch::task;

std::unexpected<dispatch::directory_failure> failed(std::string why, std::string message) {
    return std::unexpected(dispatch::directory_failure{std::move(why), std::move(message)});
}

std::uint64_t seed_from(entropy& random) {
    std::uint64_t seed = 0;
    random.fill(std::as_writable_bytes(std::span(&seed, 1)));
    return seed;
}

std::string in_words(const directory_synced& done) {
    const auto& c = done.changed;
    return fmt::format("{} rooms of {} hotels: {} added, {} changed, {} as before, {} missing", done.rooms, done.hotels,
                       c.rooms_added, c.rooms_changed, c.rooms_unchanged, c.rooms_missing);
}

// Somebody who waits for a pull that runs in a task of its own.
struct caller {
    std::unique_ptr<dispatch::waiter> wait;
    std::optional<directory_sync_outcome> outcome;
};

constexpr std::string_view scheduled = "schedule";

}  // namespace

struct directory_sync::parts {
    explicit parts(directory_sync_seams given)
        : seams(std::move(given)),
          puller(seams.transport, seams.waiters, seams.time, {.gate = seams.gate}),
          schedule(seed_from(seams.random)),
          loop_wait(seams.waiters.make_waiter()),
          tasks(seams.where, [](const std::string& name, const std::string& what) {
              log::error("task.failed", what, {{"task", name}});
          }) {}

    task<directory_sync_outcome> sync(pms_id pms, bool dry_run, std::string actor);
    task<void> serve(std::shared_ptr<caller> who, pms_id pms, bool dry_run, std::string actor);
    task<void> run_scheduled(std::string pms);
    task<directory_sync_outcome> run(pms_id pms, bool dry_run, std::string actor);
    task<directory_sync_outcome> pull_and_apply(dispatch::directory_source source, bool dry_run, std::string actor);
    task<void> keep_schedule();
    void tell(const pms_id& pms, const directory_sync_outcome& outcome, bool dry_run, const std::string& actor);

    directory_sync_seams seams;
    dispatch::directory_puller puller;
    sync_schedule schedule;
    std::map<std::string, directory_pms> systems;
    std::map<std::string, directory_report> last;
    std::set<std::shared_ptr<caller>> callers;
    std::unique_ptr<dispatch::waiter> loop_wait;
    std::size_t running = 0;  // scheduled pulls
    bool stopping = false;
    dispatch::task_group tasks;
};

task<directory_sync_outcome> directory_sync::parts::sync(pms_id pms, bool dry_run, std::string actor) {
    if (stopping) co_return failed("interrupted", "the hub stops");
    const auto me = std::make_shared<caller>(seams.waiters.make_waiter(), std::nullopt);
    callers.insert(me);
    tasks.spawn("directory sync", serve(me, std::move(pms), dry_run, std::move(actor)));
    while (!me->outcome && !stopping) {
        co_await me->wait->wait_until(time_point::max());
    }
    callers.erase(me);
    if (!me->outcome) co_return failed("interrupted", "the hub stops");
    co_return std::move(*me->outcome);
}

task<void> directory_sync::parts::serve(std::shared_ptr<caller> who, pms_id pms, bool dry_run, std::string actor) {
    auto outcome = co_await run(std::move(pms), dry_run, std::move(actor));
    who->outcome = std::move(outcome);
    who->wait->wake();
}

task<void> directory_sync::parts::run_scheduled(std::string pms) {
    const auto outcome = co_await run(pms_id(pms), false, std::string(scheduled));
    --running;
    schedule.ended(pms, outcome.has_value(), seams.time.now());
    loop_wait->wake();
}

task<directory_sync_outcome> directory_sync::parts::run(pms_id pms, bool dry_run, std::string actor) {
    const auto found = systems.find(pms.value);
    if (found == systems.end())
        co_return failed("unknown_pms", fmt::format("no [[pms]] section has the id '{}'", pms.value));
    const directory_pms system = found->second;
    if (!system.can_be_asked())
        co_return failed(
            "no_urls",
            fmt::format("the [[pms]] section of {} has no hotels_url, room_types_url and rooms_url", pms.value));
    if (!system.enabled) co_return failed("disabled", fmt::format("PMS {} is switched off", pms.value));
    auto outcome = co_await pull_and_apply(system.source, dry_run, actor);
    tell(pms, outcome, dry_run, actor);
    co_return outcome;
}

task<directory_sync_outcome> directory_sync::parts::pull_and_apply(dispatch::directory_source source, bool dry_run,
                                                                   std::string actor) {
    auto pulled = co_await puller.pull(std::move(source));
    if (!pulled) co_return std::unexpected(std::move(pulled.error()));
    directory_synced done;
    done.hotels = pulled->hotels;
    done.room_types = pulled->room_types;
    done.rooms = pulled->rows.size();
    done.calls = pulled->calls;
    done.hotels_without_rooms = std::move(pulled->hotels_without_rooms);
    storage::directory_change change;
    change.rows = std::move(pulled->rows);
    change.dry_run = dry_run;
    change.actor = std::move(actor);
    change.keep_bindings = true;
    auto changed = co_await dispatch::await_store<storage::directory_changed>(
        [&](auto completed) { seams.store.change_directory(std::move(change), std::move(completed)); });
    if (!changed) co_return failed("store", changed.error().message);
    done.changed = std::move(*changed);
    co_return done;
}

// A second pull that finds the first one under way says nothing about the PMS.
void directory_sync::parts::tell(const pms_id& pms, const directory_sync_outcome& outcome, bool dry_run,
                                 const std::string& actor) {
    const std::string word = !outcome ? outcome.error().why : dry_run ? "compared" : "applied";
    const std::string text = outcome ? in_words(*outcome) : outcome.error().message;
    seams.counted.directory_pulls(pms.value, word).add();
    if (outcome)
        log::info("directory.pulled", text, {{"pms", pms.value}, {"outcome", word}, {"actor", actor}});
    else
        log::warn("directory.failed", text, {{"pms", pms.value}, {"error", word}, {"actor", actor}});
    if (word == "busy" || word == "too_often") return;
    auto& report = last[pms.value];
    report.ended_at = seams.time.now();
    report.succeeded = outcome.has_value();
    report.outcome = word;
    report.message = text;
    report.actor = actor;
}

task<void> directory_sync::parts::keep_schedule() {
    while (!stopping) {
        const auto now = seams.time.now();
        while (running < limits::directory_pulls) {
            auto due = schedule.take_due(now);
            if (!due) break;
            ++running;
            tasks.spawn("scheduled directory sync", run_scheduled(std::move(*due)));
        }
        co_await loop_wait->wait_until(running < limits::directory_pulls ? schedule.next_at() : time_point::max());
    }
}

directory_sync::directory_sync(directory_sync_seams seams) : parts_(std::make_unique<parts>(std::move(seams))) {}

directory_sync::~directory_sync() = default;

void directory_sync::set_systems(std::vector<directory_pms> systems) {
    parts_->systems.clear();
    std::vector<sync_schedule::entry> entries;
    for (auto& one : systems) {
        const auto& id = one.source.pms.value;
        if (one.enabled && one.can_be_asked() && one.every > duration::zero()) entries.push_back({id, one.every});
        parts_->systems.emplace(id, std::move(one));
    }
    parts_->schedule.set(entries, parts_->seams.time.now());
    parts_->loop_wait->wake();
}

void directory_sync::start() {
    parts_->tasks.spawn("directory schedule", parts_->keep_schedule());
}

task<directory_sync_outcome> directory_sync::sync(pms_id pms, bool dry_run, std::string actor) {
    return parts_->sync(std::move(pms), dry_run, std::move(actor));
}

void directory_sync::stop() {
    parts_->stopping = true;
    parts_->puller.stop();
    parts_->loop_wait->wake();
    for (const auto& waiting : parts_->callers) waiting->wait->wake();
}

task<void> directory_sync::join() {
    co_await parts_->tasks.join();
}

std::vector<directory_report> directory_sync::reports() const {
    std::vector<directory_report> all;
    for (const auto& [id, system] : parts_->systems) {
        if (!system.can_be_asked()) continue;
        const auto known = parts_->last.find(id);
        directory_report one = known == parts_->last.end() ? directory_report{} : known->second;
        one.pms = id;
        one.next_at = parts_->schedule.due_at(id).value_or(time_point{});
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace lockhub::hub
