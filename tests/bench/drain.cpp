#include "tests/bench/drain.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <system_error>

#include "dispatch/deliverer.hpp"
#include "dispatch/net/asio_waiter.hpp"
#include "dispatch/net/await_store.hpp"
#include "dispatch/net/client.hpp"
#include "hub/system/io_completions.hpp"
#include "hub/system/system_clock.hpp"
#include "hub/system/system_entropy.hpp"
#include "storage/sqlite/open.hpp"
#include "tests/bench/hub_under_test.hpp"
#include "tests/bench/outbox_seed.hpp"

namespace lockhub::bench {

namespace {

namespace asio = dispatch::asio;
using dispatch::task;
using steady = std::chrono::steady_clock;

constexpr auto longest = std::chrono::minutes(2);
constexpr std::size_t bad_systems = 2;

// A port of loopback where nobody listens, and nobody else can while this lives.
class dead_port {
  public:
    dead_port() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        if (socket_ < 0 || ::bind(socket_, any, size) != 0 || ::getsockname(socket_, any, &size) != 0)
            throw std::system_error(errno, std::generic_category(), "reserving a port");
        port_ = ntohs(address.sin_port);
    }
    ~dead_port() { ::close(socket_); }
    dead_port(const dead_port&) = delete;
    dead_port& operator=(const dead_port&) = delete;
    std::uint16_t port() const { return port_; }

  private:
    int socket_;
    std::uint16_t port_ = 0;
};

storage::sqlite_options store_options(const std::filesystem::path& file, const clock& time, entropy& random) {
    storage::sqlite_options options;
    options.path = file;
    options.time = &time;
    options.random = &random;
    options.seal_key = secret(std::string(32, 'k'));
    options.completions = [](storage::completion_batch) {};
    return options;
}

void make_full_outbox(const drain_setup& setup, const clock& time, entropy& random) {
    storage::open_inline_store(store_options(setup.database, time, random))->close();
    const auto rows = setup.pms_systems * setup.rows_each;
    seed_outbox(setup.database, {.rows = rows, .pms_systems = setup.pms_systems, .due_now = rows});
}

std::chrono::duration<double> processor_time() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return std::chrono::duration<double>(seconds(used.ru_utime) + seconds(used.ru_stime));
}

template <class T>
T required(result<T> outcome) {
    if (!outcome) throw std::runtime_error(outcome.error().message);
    return *std::move(outcome);
}

class drain_run {
  public:
    explicit drain_run(const drain_setup& setup) : setup_(setup) {
        make_full_outbox(setup, time_, random_);
        auto options = store_options(setup.database, time_, random_);
        options.completions = hub::completions_on(here_);
        store_ = storage::open_threaded_store(std::move(options));
        network_ = dispatch::make_client(io_, time_);
        callbacks_.emplace(here_, *store_, *network_, waiters_, time_, random_, deliverer_settings());
        callbacks_->set_targets(targets());
        storage::store_events events;
        events.deliveries_ready = [this](const auto& hints) { callbacks_->note_due(hints); };
        store_->set_events(std::move(events));
    }

    drain_result run() {
        auto guard = asio::make_work_guard(io_);
        main_.spawn("drain", whole([&guard] { guard.reset(); }));
        io_.run();
        store_->stop();
        if (!failure_.empty()) throw std::runtime_error(failure_);
        return result_;
    }

  private:
    dispatch::deliverer_options deliverer_settings() {
        dispatch::deliverer_options options;
        options.owner = "bench";
        options.calls_per_second = setup_.calls_per_second;
        options.observer = [this](const dispatch::delivery_report& report) { note(report); };
        options.on_failure = [this](const std::string&, const std::string& what) { failure_ = what; };
        return options;
    }

    std::vector<dispatch::delivery_target> targets() const {
        std::vector<dispatch::delivery_target> out;
        for (std::size_t i = 0; i < setup_.pms_systems; ++i) {
            dispatch::delivery_target target;
            target.pms = pms_id(pms_name(i));
            target.key = secret("made-up-key");
            target.private_addresses = true;
            const bool dead = setup_.one_dead_one_slow && i == 0;
            const bool slow = setup_.one_dead_one_slow && i == 1;
            target.url(delivery_kind::event) = fmt::format(
                "http://127.0.0.1:{}{}/{}/event", dead ? dead_port_.port() : setup_.sink_port, slow ? "/slow" : "", i);
            out.push_back(std::move(target));
        }
        return out;
    }

    std::vector<storage::pms_policy> policies() const {
        std::vector<storage::pms_policy> out;
        for (std::size_t i = 0; i < setup_.pms_systems; ++i) out.push_back({pms_id(pms_name(i)), true, true, 0xffff});
        return out;
    }

    bool is_bad(std::string_view pms) const { return setup_.one_dead_one_slow && (pms == first_ || pms == second_); }

    std::uint64_t expected() const {
        return (setup_.pms_systems - (setup_.one_dead_one_slow ? bad_systems : 0)) * setup_.rows_each;
    }

    void note(const dispatch::delivery_report& report) {
        if (report.next != delivery_state::delivered || is_bad(report.pms)) return;
        if (++result_.delivered < expected()) return;
        result_.took = steady::now() - began_;
        drained_->wake();
    }

    template <class AtEnd>
    task<void> whole(AtEnd at_end) {
        try {
            co_await deliver_all();
        } catch (const std::exception& why) {
            failure_ = why.what();
        }
        co_await network_->stop();
        co_await callbacks_->join();
        at_end();
    }

    task<void> deliver_all() {
        auto allowed = co_await dispatch::await_store<storage::nothing>(
            [this](auto done) { store_->set_policies(policies(), std::move(done)); });
        required(std::move(allowed));
        auto recovered = co_await dispatch::await_store<storage::nothing>(
            [this](auto done) { store_->recover("bench", std::move(done)); });
        required(std::move(recovered));
        auto restored = co_await callbacks_->restore();
        if (!restored) throw std::runtime_error(restored.error().message);
        const auto commits_before = store_->statistics().commits;
        const auto busy_before = processor_time();
        began_ = steady::now();
        callbacks_->start();
        co_await drained_->wait_until(time_.now() + longest);
        co_await callbacks_->stop(time_.now() + std::chrono::milliseconds(setup_.one_dead_one_slow ? 0 : 1000));
        result_.settled = steady::now() - began_;
        result_.processor_time = processor_time() - busy_before;
        result_.commits = store_->statistics().commits - commits_before;
        result_.connections_opened = network_->statistics().connections_opened;
        if (result_.delivered < expected())
            throw std::runtime_error(fmt::format("{} of {} callbacks delivered", result_.delivered, expected()));
    }

    const drain_setup& setup_;
    const std::string first_ = pms_name(0), second_ = pms_name(1);
    hub::system_clock time_;
    hub::system_entropy random_;
    dead_port dead_port_;
    asio::io_context io_{1};
    dispatch::executor here_{io_.get_executor()};
    dispatch::asio_waiters waiters_{here_, time_};
    std::unique_ptr<dispatch::waiter> drained_ = waiters_.make_waiter();
    dispatch::task_group main_{here_, [this](const std::string&, const std::string& what) { failure_ = what; }};
    std::unique_ptr<storage::threaded_store> store_;
    std::unique_ptr<dispatch::client> network_;
    std::optional<dispatch::deliverer> callbacks_;
    steady::time_point began_;
    drain_result result_;
    std::string failure_;
};

}  // namespace

double drain_result::per_second() const {
    const auto seconds = std::chrono::duration<double>(took).count();
    return seconds > 0 ? static_cast<double>(delivered) / seconds : 0;
}

drain_result drain(const drain_setup& setup) {
    return drain_run(setup).run();
}

}  // namespace lockhub::bench
