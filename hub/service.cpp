#include "hub/service.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdio>
#include <iterator>

#include "dispatch/net/asio_waiter.hpp"
#include "dispatch/net/await_store.hpp"
#include "dispatch/net/client.hpp"
#include "dispatch/net/task_group.hpp"
#include "hub/engine.hpp"
#include "hub/http/server.hpp"
#include "hub/lockapi/lockapi_reads.hpp"
#include "hub/observe/gauge_refresher.hpp"
#include "hub/observe/log.hpp"
#include "hub/observe/metrics.hpp"
#include "hub/observe/readiness.hpp"
#include "hub/routes/health_routes.hpp"
#include "hub/routes/operator_routes.hpp"
#include "hub/system/io_completions.hpp"
#include "hub/system/key_files.hpp"
#include "hub/system/notify.hpp"
#include "hub/system/reader_pool.hpp"
#include "hub/system/seal_key_rotation.hpp"
#include "hub/system/system_entropy.hpp"
#include "hub/version.hpp"
#include "storage/sqlite/open.hpp"

namespace lockhub::hub {
namespace {

namespace asio = dispatch::asio;
using namespace std::chrono_literals;

constexpr int exit_store_failed = 3;
constexpr auto heartbeat_interval = 1s;
constexpr auto expunge_interval = 1h;

template <class T>
T required(result<T> outcome) {
    if (!outcome) {
        throw std::runtime_error(outcome.error().message);
    }
    return std::move(*outcome);
}

// Names this run in leases: unlike any other run's.
std::string run_name(entropy& random) {
    std::uint64_t number = 0;
    random.fill(std::as_writable_bytes(std::span(&number, 1)));
    return fmt::format("hub-{:016x}", number);
}

std::string base_url(const server_config& at, std::uint16_t port) {
    const bool bracket = at.listen.host.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}", at.tls_certificate.empty() ? "http" : "https", bracket ? "[" : "",
                       at.listen.host, bracket ? "]" : "", port);
}

storage::sqlite_options store_options(const config& settings, const clock& time, entropy& random,
                                      const secret& seal_key, dispatch::executor where) {
    storage::sqlite_options options;
    options.path = settings.storage.path;
    options.time = &time;
    options.random = &random;
    options.seal_key = seal_key;
    options.completions = completions_on(where);
    return options;
}

server_options front_options(const server_config& at) {
    server_options options;
    options.host = at.listen.host;
    options.port = at.listen.port;
    if (!at.tls_certificate.empty()) {
        options.tls = tls_files{at.tls_certificate, at.tls_key};
    }
    options.trusted_proxies = at.trusted_proxies;
    options.max_connections = at.max_connections;
    options.max_connections_per_address = at.max_connections_per_address;
    return options;
}

}  // namespace

struct service::parts {
    parts(config read, const clock& clock_in_use);

    task<void> live();
    task<result<>> open();
    void listen();
    task<void> shut_down();
    task<void> watch_signals();
    task<void> reload();
    task<void> beat();
    task<void> expunge_old();
    std::shared_ptr<const router> public_routes();
    std::shared_ptr<const router> operator_router();
    service_report report() const;
    void stop_because(std::string why, int code);

    config settings;
    const clock& time;
    system_entropy random;
    asio::io_context io{1};
    dispatch::executor here{io.get_executor()};
    dispatch::asio_waiters waiters{here, time};
    secret operator_token;
    secret seal_key;
    // Read by the lockapi's reader threads when they open; theirs is the only reader that can show a PIN.
    std::atomic<bool> pins_in_log{settings.lockapi.show_pins_in_log};
    metrics counted{version()};
    readiness ready;
    service_notifier notifier = service_notifier::from_environment();
    time_point started_at;
    std::unique_ptr<storage::threaded_store> store;
    std::unique_ptr<dispatch::client> network;
    reader_pool readers;          // of operators and gauges
    reader_pool lockapi_readers;  // their own, so that an operator's long read delays no PMS
    pooled_reads reads{lockapi_readers};
    pooled_place_reads places{readers};
    dispatch::task_group background;
    dispatch::task_group mainline;
    asio::basic_signal_set<dispatch::executor> signals{here};
    std::unique_ptr<dispatch::waiter> stop_signal = waiters.make_waiter();
    std::unique_ptr<dispatch::waiter> heart = waiters.make_waiter();
    std::unique_ptr<dispatch::waiter> broom = waiters.make_waiter();
    gauge_refresher gauges{counted, readers, time, waiters.make_waiter()};
    std::unique_ptr<engine> hub;
    std::unique_ptr<server> front;
    std::unique_ptr<server> operators;
    bool stopping = false;
    int exit_code = 0;
};

service::parts::parts(config read, const clock& clock_in_use)
    : settings(std::move(read)),
      time(clock_in_use),
      operator_token(required(load_or_make_operator_token(settings.operators.token_file, random))),
      seal_key(required(fitting_seal_key(settings.storage.seal_key_file, settings.storage.path, random))),
      started_at(time.now()),
      store(storage::open_threaded_store(store_options(settings, time, random, seal_key, here))),
      network(dispatch::make_client(io, time)),
      readers(here, [this] { return storage::open_reader(settings.storage.path, time); }),
      lockapi_readers(here,
                      [this] {
                          return storage::open_reader(settings.storage.path, time,
                                                      pins_in_log ? std::optional(seal_key) : std::nullopt);
                      }),
      background(here, [](const std::string& name,
                          const std::string& what) { log::error("task.failed", what, {{"task", name}}); }),
      mainline(here, [this](const std::string& name, const std::string& what) {
          log::error("task.failed", what, {{"task", name}});
          exit_code = 1;
      }) {
    engine_seams seams{*store,
                       *network,
                       waiters,
                       time,
                       random,
                       reads,
                       here,
                       run_name(random),
                       [this](std::string why) {
                           ready.poisoned(why);
                           stop_because("the store failed: " + why, exit_store_failed);
                       },
                       &places};
    hub = std::make_unique<engine>(std::move(seams), counted, settings);
}

void service::parts::stop_because(std::string why, int code) {
    if (stopping) {
        return;
    }
    stopping = true;
    exit_code = code;
    ready.stopping();
    code == 0 ? log::info("service.stopping", why) : log::error("service.stopping", why);
    stop_signal->wake();
}

service_report service::parts::report() const {
    service_report told;
    told.version = version();
    told.listen = front ? base_url(settings.server, front->port()) : "";
    told.started_at = started_at;
    told.not_ready = ready.not_ready(time.now());
    told.breakers = hub->breakers();
    told.pauses = hub->pauses();
    told.directories = hub->directories().reports();
    told.deliveries_in_flight = hub->deliveries_in_flight();
    told.commands_in_flight = hub->commands_in_flight();
    told.writer = store->statistics();
    if (front) {
        told.connections = front->statistics();
    }
    return told;
}

std::shared_ptr<const router> service::parts::operator_router() {
    auto routes = operator_routes(
        {.store = store.get(),
         .time = &time,
         .token = operator_token,
         .report = [this] { return report(); },
         .vendors = &hub->vendors(),
         .readers = &readers,
         .directories = &hub->directories(),
         .reconciliation = &hub->reconciliation(),
         .ask = [this](account_id account,
                       vendor_command question) { return hub->ask(std::move(account), std::move(question)); },
         .provisions = hub->provisions(),
         .serves_account = [this](const account_id& id) { return hub->serves(id); }});
    return std::make_shared<router>(std::move(routes));
}

std::shared_ptr<const router> service::parts::public_routes() {
    auto routes = hub->routes();
    auto health =
        health_routes({[this] { return ready.not_ready(time.now()); }, [this] { return report(); }, &counted});
    std::ranges::move(health, std::back_inserter(routes));
    return std::make_shared<router>(std::move(routes));
}

task<result<>> service::parts::open() {
    auto started = co_await hub->start();
    if (!started) {
        co_return started;
    }
    ready.round_trip_done(time.now());
    listen();
    background.spawn("gauges", gauges.run());
    background.spawn("heartbeat", beat());
    background.spawn("expunge", expunge_old());
    background.spawn("signals", watch_signals());
    co_return result<>{};
}

void service::parts::listen() {
    server_options private_socket;
    private_socket.host = "unix:" + settings.operators.socket.string();
    operators = start_server(io, time, std::move(private_socket), operator_router());
    front = start_server(io, time, front_options(settings.server), public_routes());
    // The one line other programs wait for: on standard output, whatever the log's format.
    fmt::print("lockhub listening on {}\n", base_url(settings.server, front->port()));
    std::fflush(stdout);
    notifier.ready(fmt::format("listening on {}", base_url(settings.server, front->port())));
}

task<void> service::parts::live() {
    result<> opened;
    try {
        opened = co_await open();
    } catch (const std::exception& ex) {
        opened = fail(errc::unavailable, ex.what());
    }
    if (!opened) {
        stop_because(opened.error().message, 1);
    }
    while (!stopping) {
        co_await stop_signal->wait_until(time.now() + 1h);
    }
    co_await shut_down();
}

// Not ready → listener closed → active requests finish → nothing new is leased → what is in flight finishes or goes
// back → the writer drains. run() closes the store after the last task has ended.
task<void> service::parts::shut_down() {
    notifier.stopping();
    if (front) {
        co_await front->stop(limits::shutdown_deadline);
    }
    hub->directories().stop();     // operators may wait for a PMS to tell its directory
    hub->reconciliation().stop();  // or for locks to be compared
    hub->provisions()->stop();     // or for a lock cloud
    if (operators) {
        co_await operators->stop(1s);
    }
    co_await hub->stop(limits::shutdown_deadline);
    co_await network->stop();
    co_await hub->join();
    signals.cancel();
    gauges.stop();
    heart->wake();
    broom->wake();
    co_await background.join();
}

task<void> service::parts::watch_signals() {
    signals.add(SIGTERM);
    signals.add(SIGINT);
    signals.add(SIGHUP);
    while (!stopping) {
        int number = 0;
        try {
            number = co_await signals.async_wait(asio::use_awaitable_t<dispatch::executor>{});
        } catch (const boost::system::system_error&) {
            co_return;
        }
        if (number == SIGHUP) {
            co_await reload();
        } else {
            stop_because(number == SIGTERM ? "SIGTERM" : "SIGINT", 0);
        }
    }
}

task<void> service::parts::reload() {
    notifier.reloading();
    auto read = load_config(settings.file);
    if (!read) {
        for (const auto& problem : read.error()) {
            log::error("config.rejected", problem.text() + "; the configuration in force stays");
        }
        co_return;
    }
    if (!read->server.tls_certificate.empty() && !settings.server.tls_certificate.empty()) {
        const auto reloaded = front->reload_tls({read->server.tls_certificate, read->server.tls_key});
        if (!reloaded) {
            log::error("config.rejected", reloaded.error().message + "; the configuration in force stays");
            co_return;
        }
    }
    auto applied = co_await hub->apply(*read);
    if (!applied) {
        log::error("config.rejected", applied.error().message + "; the configuration in force stays");
        co_return;
    }
    settings.lockapi = read->lockapi;
    settings.dingding = std::move(read->dingding);
    settings.yeeuu = std::move(read->yeeuu);
    settings.gateway = std::move(read->gateway);
    settings.pms = std::move(read->pms);
    if (pins_in_log.exchange(settings.lockapi.show_pins_in_log) != settings.lockapi.show_pins_in_log) {
        lockapi_readers.reopen();
    }
    front->set_router(public_routes());
    log::info("config.reloaded", "accounts and PMS systems are in force; other sections need a restart",
              {{"accounts", settings.dingding.size() + settings.gateway.size() + settings.yeeuu.size()},
               {"pms", settings.pms.size()}});
    notifier.ready("configuration reloaded");
}

// Ready and alive mean that a unit of work went through the writer just now.
task<void> service::parts::beat() {
    const auto watchdog = watchdog_interval();
    const auto interval =
        watchdog > duration::zero() ? std::min<duration>(watchdog, heartbeat_interval) : heartbeat_interval;
    while (!stopping) {
        auto submit = [this](storage::completion<storage::nothing> done) { store->round_trip(std::move(done)); };
        const auto trip = co_await dispatch::await_store<storage::nothing>(submit);
        if (trip) {
            ready.round_trip_done(time.now());
            notifier.alive();
        }
        if (!stopping) {
            co_await heart->wait_until(time.now() + interval);
        }
    }
}

task<void> service::parts::expunge_old() {
    while (!stopping && settings.storage.retention > duration::zero()) {
        const storage::expunge_request request{time.now() - settings.storage.retention, 500};
        auto submit = [this, request](storage::completion<std::uint64_t> done) {
            store->expunge(request, std::move(done));
        };
        const auto removed = co_await dispatch::await_store<std::uint64_t>(submit);
        const bool more = removed && *removed > 0;
        if (!stopping && !more) {
            co_await broom->wait_until(time.now() + expunge_interval);
        }
    }
}

service::service(config settings, const clock& time) : parts_(std::make_unique<parts>(std::move(settings), time)) {}
service::~service() = default;

int service::run() {
    parts_->mainline.spawn("service", parts_->live());
    parts_->io.run();
    parts_->readers.stop();
    parts_->lockapi_readers.stop();
    parts_->store->stop();
    log::info("service.stopped", "everything accepted is on disk");
    return parts_->exit_code;
}

}  // namespace lockhub::hub
