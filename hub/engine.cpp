#include "hub/engine.hpp"

#include <algorithm>

#include "dispatch/net/await_store.hpp"
#include "hub/dispatch_targets.hpp"
#include "hub/observe/traffic_log.hpp"
#include "hub/policies.hpp"
#include "hub/routes/lockapi_route.hpp"
#include "hub/routes/push_route.hpp"

namespace lockhub::hub {
namespace {

dispatch::deliverer_options deliverer_options_of(const engine_seams& seams, const config& settings,
                                                 traffic_log& traffic) {
    dispatch::deliverer_options options;
    options.owner = seams.owner;
    options.schedule = dispatch::retry_schedule(settings.dispatch.retry_schedule);
    options.callback_timeout = settings.dispatch.callback_timeout;
    options.observer = [&traffic](const dispatch::delivery_report& report) { traffic.delivered(report); };
    options.on_failure = [&traffic](const std::string& name, const std::string& what) {
        traffic.task_failed(name, what);
    };
    return options;
}

dispatch::command_runner_options runner_options_of(const engine_seams& seams, const config& settings,
                                                   traffic_log& traffic) {
    dispatch::command_runner_options options;
    options.owner = seams.owner;
    options.rules.result_poll_after = settings.dispatch.result_poll_after;
    options.rules.result_expires_after = settings.dispatch.result_expires_after;
    options.rules.doubt_ends_after = settings.dispatch.doubt_ends_after;
    options.vendor_timeout = settings.dispatch.vendor_timeout;
    options.observer = [&traffic](const dispatch::command_report& report) { traffic.commanded(report); };
    options.on_failure = [&traffic](const std::string& name, const std::string& what) {
        traffic.task_failed(name, what);
    };
    return options;
}

dispatch::reconciler_options reconciler_options_of(const config& settings, traffic_log& traffic) {
    dispatch::reconciler_options options;
    options.every = settings.reconcile.every;
    options.repair = settings.reconcile.repair;
    options.observer = [&traffic](const dispatch::inventory_told& told) { traffic.compared(told); };
    options.on_failure = [&traffic](const std::string& name, const std::string& what) {
        traffic.task_failed(name, what);
    };
    return options;
}

std::unordered_map<std::string, lockapi_caller> callers_of(const config& settings) {
    std::unordered_map<std::string, lockapi_caller> callers;
    for (const auto& section : settings.pms) {
        callers.emplace(section.id, lockapi_caller{section.enabled, section.key, section.allow_legacy_hmac});
    }
    return callers;
}

bool is_polled(const configured_cloud& cloud) {
    return cloud.codec->traits().polls_openings && cloud.log_poll_every > duration::zero();
}

lockapi_settings lockapi_settings_of(const config& settings, const std::vector<configured_cloud>& clouds) {
    lockapi_settings out{settings.lockapi, reader_book(settings.gateway), {}, {}};
    for (const auto& cloud : clouds) {
        const auto& account = cloud.codec->account().value;
        out.served.emplace(account, cloud.codec->traits().verbs);
        if (is_polled(cloud)) out.polled.insert(account);
    }
    return out;
}

std::vector<dispatch::polled_account> polled_accounts(const std::vector<configured_cloud>& clouds) {
    std::vector<dispatch::polled_account> out;
    for (const auto& cloud : clouds) {
        if (is_polled(cloud)) out.push_back({cloud.codec->account(), cloud.log_poll_every});
    }
    return out;
}

// `place` is where commands are carried from; it outlives what is made.
template <class Parts>
std::unique_ptr<provisioning> make_provisioning(Parts& place) {
    auto& seams = place.seams;
    if (seams.places == nullptr) return nullptr;
    provision_seams run{.store = seams.store,
                        .reads = *seams.places,
                        .call =
                            [&place](account_id account, std::string method, wire::form fields) {
                                return place.commands.call_method(std::move(account), std::move(method),
                                                                  std::move(fields));
                            },
                        .ask =
                            [&place](account_id account, vendor_command question) {
                                const auto until = place.seams.time.now() + limits::vendor_timeout;
                                return place.commands.ask(std::move(account), std::move(question), until);
                            }};
    return std::make_unique<provisioning>(provisioning_seams{std::move(run), seams.waiters, seams.time, seams.where});
}

breaker_report breaker_of(const auto& statistics, const std::string& target) {
    return {target, std::string(to_string(statistics.breaker)), statistics.breaker_until, statistics.failures_in_a_row};
}

}  // namespace

struct engine::parts {
    parts(engine_seams given, metrics& counters, const config& settings);

    void take(const config& settings);
    task<result<storage::nothing>> tell_store(const config& settings);
    void subscribe();

    engine_seams seams;
    metrics& counted;
    traffic_log traffic;
    dispatch::token_keeper tokens;
    dispatch::deliverer callbacks;
    dispatch::command_runner commands;
    dispatch::log_poller logs;
    dispatch::reconciler reconciliation;
    directory_sync directories;
    vendor_desk vendors;
    std::unique_ptr<provisioning> provisions;
    operations work;
    call_rates rates;
    std::vector<configured_cloud> clouds;
    std::unordered_map<std::string, lockapi_caller> callers;
    config first;
};

engine::parts::parts(engine_seams given, metrics& counters, const config& settings)
    : seams(std::move(given)),
      counted(counters),
      traffic(counters, seams.time),
      tokens(seams.where, seams.store, seams.transport, seams.waiters, seams.time, settings.dispatch.vendor_timeout,
             [this](const std::string& name, const std::string& what) { traffic.task_failed(name, what); }),
      callbacks(seams.where, seams.store, seams.transport, seams.waiters, seams.time, seams.random,
                deliverer_options_of(seams, settings, traffic)),
      commands(seams.where, seams.store, seams.transport, seams.waiters, seams.time, seams.random, tokens,
               runner_options_of(seams, settings, traffic)),
      logs(seams.where, seams.store, seams.waiters, seams.time,
           {.ask = [this](account_id account, vendor_command command,
                          time_point until) { return commands.ask(std::move(account), std::move(command), until); },
            .observer = [this](const dispatch::log_poll_report& report) { traffic.polled(report); },
            .on_failure = [this](const std::string& name,
                                 const std::string& what) { traffic.task_failed(name, what); }}),
      reconciliation(
          seams.where, seams.store, seams.waiters, seams.time, seams.random,
          [this](account_id account, vendor_command command, time_point until) {
              return commands.ask(std::move(account), std::move(command), until);
          },
          reconciler_options_of(settings, traffic)),
      directories({.store = seams.store,
                   .transport = seams.transport,
                   .waiters = seams.waiters,
                   .time = seams.time,
                   .random = seams.random,
                   .where = seams.where,
                   .gate = {.begin = [this](const pms_id& pms) { return callbacks.begin_call(pms); },
                            .end = [this](const pms_id& pms) { callbacks.end_call(pms); }},
                   .counted = counters}),
      vendors(commands, seams.store, seams.time),
      provisions(make_provisioning(*this)),
      work({.store = seams.store,
            .random = seams.random,
            .time = seams.time,
            .waiters = seams.waiters,
            .reads = seams.reads,
            .ask = [this](account_id account, vendor_command command,
                          time_point until) { return commands.ask(std::move(account), std::move(command), until); },
            .where = seams.where,
            .on_failure = [this](const std::string& name,
                                 const std::string& what) { traffic.task_failed(name, what); }}),
      first(settings) {}

void engine::parts::take(const config& settings) {
    clouds = make_clouds(settings);
    callers = callers_of(settings);
    std::vector<dispatch::command_account> accounts;
    std::vector<std::shared_ptr<const lock_cloud>> codecs;
    std::vector<account_id> telling;
    for (const auto& cloud : clouds) {
        accounts.push_back(
            {cloud.codec, cloud.private_addresses, cloud.rates.calls_at_once, cloud.rates.calls_per_second});
        codecs.push_back(cloud.codec);
        if (cloud.codec->traits().verbs.has(command_verb::read_pins)) telling.push_back(cloud.codec->account());
    }
    work.configure(lockapi_settings_of(settings, clouds));
    commands.set_accounts(std::move(accounts));
    logs.set_accounts(polled_accounts(clouds));
    reconciliation.set_accounts(std::move(telling));
    if (provisions) provisions->set_clouds(codecs);
    vendors.set_clouds(std::move(codecs));
    callbacks.set_targets(delivery_targets(settings));
    directories.set_systems(directory_systems(settings));
}

// What the configuration means to the store: before it is in force anywhere else.
task<result<storage::nothing>> engine::parts::tell_store(const config& settings) {
    auto tell_policies = [this, &settings](storage::completion<storage::nothing> done) {
        seams.store.set_policies(storage_policies(settings), std::move(done));
    };
    auto policies = co_await dispatch::await_store<storage::nothing>(tell_policies);
    if (!policies) co_return policies;
    auto tell_accounts = [this, &settings](storage::completion<storage::nothing> done) {
        seams.store.set_accounts(storage_accounts(make_clouds(settings)), std::move(done));
    };
    auto accounts = co_await dispatch::await_store<storage::nothing>(tell_accounts);
    co_return accounts;
}

void engine::parts::subscribe() {
    storage::store_events events;
    events.deliveries_ready = [this](const std::vector<storage::due_hint>& hints) { callbacks.note_due(hints); };
    events.commands_ready = [this](const std::vector<storage::due_hint>& hints) { commands.note_due(hints); };
    events.inventories_ready = [this](const std::vector<storage::due_hint>& hints) { reconciliation.note_due(hints); };
    events.actions_moved = [this](const std::vector<storage::action_news>& news) { work.note_actions(news); };
    events.poisoned = [this](const std::string& why) { seams.poisoned(why); };
    events.committed = [this](std::size_t units, std::chrono::microseconds took) { counted.commit(units, took); };
    seams.store.set_events(std::move(events));
}

engine::engine(engine_seams seams, metrics& counted, const config& settings)
    : parts_(std::make_unique<parts>(std::move(seams), counted, settings)) {
    parts_->take(settings);
    parts_->subscribe();
}

engine::~engine() = default;

task<result<>> engine::start() {
    auto told = co_await parts_->tell_store(parts_->first);
    if (!told) {
        co_return std::unexpected(told.error());
    }
    auto submit = [this](storage::completion<storage::nothing> done) {
        parts_->seams.store.recover(parts_->seams.owner, std::move(done));
    };
    auto recovered = co_await dispatch::await_store<storage::nothing>(submit);
    if (!recovered) {
        co_return std::unexpected(recovered.error());
    }
    auto tokens = co_await parts_->tokens.load();
    if (!tokens) {
        co_return tokens;
    }
    auto restored = co_await parts_->callbacks.restore();
    if (!restored) {
        co_return restored;
    }
    parts_->callbacks.start();
    parts_->commands.start();
    parts_->reconciliation.start();
    parts_->directories.start();
    parts_->logs.start();
    co_return result<>{};
}

std::vector<route> engine::routes() const {
    std::vector<route> all;
    for (const auto& cloud : parts_->clouds) {
        for (const auto& endpoint : cloud.codec->push_endpoints()) {
            auto observe = [traffic = &parts_->traffic, tallies = parts_->counted.pushes(cloud.codec->account().value)](
                               const push_report& report) { traffic->pushed(report, tallies); };
            push_route::parts parts{cloud.codec, endpoint, cloud.allow_from, &parts_->seams.store, std::move(observe)};
            route at;
            at.path = endpoint.path;
            at.methods = {"POST"};
            at.body_limit = limits::push_body_bytes;
            at.target = std::make_shared<push_route>(std::move(parts));
            all.push_back(std::move(at));
        }
    }
    lockapi_route::parts parts{parts_->callers, &parts_->work, &parts_->rates, &parts_->seams.time,
                               [traffic = &parts_->traffic](const lockapi_report& report) { traffic->called(report); }};
    const auto served = std::make_shared<lockapi_route>(std::move(parts));
    const auto add = [&all, &served](std::string path, std::size_t body_limit) {
        route at;
        at.path = std::move(path);
        at.methods = {"POST"};
        at.body_limit = body_limit;
        at.target = served;
        all.push_back(std::move(at));
    };
    add("/lockapi/*", limits::lockapi_body_bytes);
    // Pictures come from PMS systems that are known, and to this method alone.
    for (const auto& [pms, caller] : parts_->callers) {
        add("/lockapi/" + pms + "/lock/enableFace.do", limits::face_body_bytes);
    }
    return all;
}

task<result<>> engine::apply(const config& settings) {
    auto told = co_await parts_->tell_store(settings);
    if (!told) {
        co_return std::unexpected(told.error());
    }
    parts_->take(settings);
    co_return result<>{};
}

task<void> engine::stop(duration deadline) {
    const auto until = parts_->seams.time.now() + deadline;
    parts_->directories.stop();
    parts_->logs.stop();
    parts_->reconciliation.stop();
    if (parts_->provisions) parts_->provisions->stop();
    parts_->work.stop();
    co_await parts_->callbacks.stop(until);
    co_await parts_->commands.stop(until);
}

task<void> engine::join() {
    co_await parts_->callbacks.join();
    co_await parts_->commands.join();
    co_await parts_->directories.join();
    co_await parts_->reconciliation.join();
    if (parts_->provisions) {
        co_await parts_->provisions->join();
    }
    co_await parts_->work.join();
    co_await parts_->logs.join();
    co_await parts_->tokens.join();
}

directory_sync& engine::directories() {
    return parts_->directories;
}

dispatch::reconciler& engine::reconciliation() {
    return parts_->reconciliation;
}

provisioning* engine::provisions() {
    return parts_->provisions.get();
}

task<result<command_facts>> engine::ask(account_id account, vendor_command question) {
    const auto until = parts_->seams.time.now() + limits::vendor_timeout;
    return parts_->commands.ask(std::move(account), std::move(question), until);
}

vendor_desk& engine::vendors() {
    return parts_->vendors;
}

bool engine::serves(const account_id& account) const {
    return std::ranges::any_of(parts_->clouds, [&](const auto& cloud) { return cloud.codec->account() == account; });
}

std::vector<breaker_report> engine::breakers() const {
    std::vector<breaker_report> all;
    for (const auto& statistics : parts_->callbacks.statistics()) {
        all.push_back(breaker_of(statistics, statistics.pms));
    }
    for (const auto& statistics : parts_->commands.statistics()) {
        all.push_back(breaker_of(statistics, statistics.account));
    }
    return all;
}

std::vector<pause_report> engine::pauses() const {
    std::vector<pause_report> all;
    for (const auto& statistics : parts_->commands.statistics()) {
        all.push_back({statistics.account, statistics.paused_until, statistics.busy_answers});
    }
    return all;
}

std::size_t engine::deliveries_in_flight() const {
    return parts_->callbacks.in_flight();
}
std::size_t engine::commands_in_flight() const {
    return parts_->commands.in_flight();
}

}  // namespace lockhub::hub
