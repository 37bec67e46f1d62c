#include "tests/sim/sim_hub.hpp"

#include <boost/asio/post.hpp>
#include <stdexcept>

#include "hub/system/io_completions.hpp"

namespace lockhub::sim {
namespace {

storage::sqlite_options options_for(std::filesystem::path database, const clock& time, entropy& random,
                                    dispatch::executor where) {
    storage::sqlite_options options;
    options.path = std::move(database);
    options.time = &time;
    options.random = &random;
    options.seal_key = secret(std::string(wire::seal_key_bytes, 'k'));
    options.completions = hub::completions_on(where);
    return options;
}

std::unique_ptr<storage::reader> open_reader_on(const std::filesystem::path& database, const clock& time) {
    auto reader = storage::open_reader(database, time);
    if (!reader) {
        throw std::runtime_error(reader.error().message);
    }
    return std::move(*reader);
}

}  // namespace

sim_hub::sim_hub(dispatch::asio::io_context& io, test::virtual_time& time, entropy& random, sim_network& network,
                 std::filesystem::path database, const hub::config& settings, std::string owner)
    : time_(time),
      link_(network),
      store_(storage::open_inline_store(options_for(database, time, random, io.get_executor()))),
      reader_(open_reader_on(database, time)),
      reads_(*reader_),
      tasks_(io.get_executor(),
             [](const std::string& name, const std::string& what) { throw std::runtime_error(name + ": " + what); }) {
    hub::engine_seams seams{
        *store_, link_, time, time, random, reads_, io.get_executor(), std::move(owner), [](const std::string& why) {
            throw std::runtime_error("store poisoned: " + why);
        }};
    engine_ = std::make_unique<hub::engine>(std::move(seams), counted_, settings);
    routes_ = std::make_unique<hub::router>(engine_->routes());
}

sim_hub::~sim_hub() = default;

void sim_hub::start() {
    bool started = false;
    auto begin = [](hub::engine& engine, bool& done) -> task<void> {
        const auto outcome = co_await engine.start();
        if (!outcome) {
            throw std::runtime_error(outcome.error().message);
        }
        done = true;
    };
    tasks_.spawn("start", begin(*engine_, started));
    if (!time_.run_until([&started] { return started; }, std::chrono::minutes(1))) {
        throw std::runtime_error("the hub did not start");
    }
}

void sim_hub::cut_off() {
    cut_ = true;
    link_.cut();
}

void sim_hub::stop() {
    bool stopped = false;
    auto end = [](hub::engine& engine, sim_network::link& link, bool& done) -> task<void> {
        co_await engine.stop(duration::zero());
        link.cut();
        co_await engine.join();
        done = true;
    };
    tasks_.spawn("stop", end(*engine_, link_, stopped));
    if (!time_.run_until([&stopped] { return stopped; }, std::chrono::minutes(1))) {
        throw std::runtime_error("the hub did not stop");
    }
    time_.run_until_idle();
    store_->close();
    time_.run_until_idle();
}

task<hub_answer> sim_hub::request(std::string path, std::string content_type, std::string body) {
    const auto found = routes_->find("POST", path);
    const auto* const* at = std::get_if<const hub::route*>(&found);
    if (at == nullptr) {
        co_return hub_answer{404, {}};
    }
    hub::request in;
    in.method = "POST";
    in.target = path;
    in.path = path;
    in.content_type = content_type;
    in.body = body;
    in.client_address = "127.0.0.1";
    in.received_at = time_.now();
    hub::response out;
    co_await (*at)->target->handle(in, out);
    if (cut_) {
        co_return hub_answer{};
    }
    co_return hub_answer{out.status, std::move(out.body)};
}

}  // namespace lockhub::sim
