#include "tests/simulators/program/demo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "hub/config/config.hpp"
#include "hub/system/system_entropy.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/simulators/program/demo_files.hpp"
#include "tests/simulators/program/guest_stay.hpp"
#include "tests/simulators/program/hub_child.hpp"
#include "tests/simulators/program/narrator.hpp"

namespace lockhub::simulators {

namespace {

constexpr auto between_events = std::chrono::seconds(15);

std::uint16_t port_in(std::string_view url) {
    const auto colon = url.find(':', url.find("://") + 3);
    std::uint16_t port = 0;
    if (colon != std::string_view::npos) std::from_chars(url.data() + colon + 1, url.data() + url.size(), port);
    return port;
}

demo_ports ports_of(const std::filesystem::path& file) {
    const auto read = hub::load_config(file);
    if (!read) throw std::runtime_error(read.error().front().text());
    if (read->dingding.empty() || read->pms.empty()) {
        throw std::runtime_error(fmt::format("{}: the demo needs one [[dingding]] and one [[pms]]", file.string()));
    }
    return {.hub = read->server.listen.port,
            .cloud = port_in(read->dingding.front().account.base_url),
            .pms = port_in(read->pms.front().password_url),
            .gateway = read->gateway.empty() ? std::uint16_t{0} : port_in(read->gateway.front().account.base_url)};
}

struct chosen {
    std::filesystem::path config;
    demo_ports ports;
};

// The user's configuration where its ports are free, else a copy of the demo's on others.
chosen choose_config(const std::filesystem::path& directory) {
    const auto file = directory / "demo.toml";
    if (write_if_missing(file, demo_config_text(directory, {}))) say("demo", fmt::format("wrote {}", file.string()));
    const demo_ports wanted = ports_of(file);
    const demo_ports free{.hub = free_port(wanted.hub),
                          .cloud = free_port(wanted.cloud),
                          .pms = free_port(wanted.pms),
                          .gateway = wanted.gateway == 0 ? std::uint16_t{0} : free_port(wanted.gateway)};
    if (free == wanted) return {file, wanted};
    for (const auto& [was, is] : {std::pair(wanted.hub, free.hub),
                                  {wanted.cloud, free.cloud},
                                  {wanted.pms, free.pms},
                                  {wanted.gateway, free.gateway}}) {
        if (was != is) say("demo", fmt::format("port {} is taken, using {} instead", was, is));
    }
    const auto other = directory / "demo-other-ports.toml";
    write_private(other, demo_config_text(directory, free));
    return {other, free};
}

class demo {
  public:
    demo(const demo_options& options, chosen config);
    int run();

  private:
    task<void> play();
    bool import_directory();
    bool bind_card_locks();
    bool run_hub_command(std::vector<std::string> arguments);
    task<void> go_on();
    task<void> farewell();
    void explain(const std::string& origin);
    // The simulated locks outlive their process, as the hub's database does: both must know the same PINs and cards.
    std::filesystem::path cloud_memory() const { return options_.directory / "demo-cloud.json"; }
    std::filesystem::path gateway_memory() const { return options_.directory / "demo-gateway.json"; }
    void remember_locks();
    void recall_locks();

    const demo_options& options_;
    chosen config_;
    simulation sim_;
    cloud_server& cloud_;
    pms_server& pms_;
    gateway_server* gateway_ = nullptr;
    hub_child hub_;
    std::string origin_;
    bool failed_ = false;
};

std::uint64_t fresh_seed() {
    std::uint64_t seed = 0;
    hub::system_entropy().fill(std::as_writable_bytes(std::span(&seed, 1)));
    return seed;
}

dingding_registration registration_at(time_point now) {
    dingding_registration out;
    out.first_service_id = to_unix_ms(now);  // above what an earlier demo on this database gave
    return out;
}

demo::demo(const demo_options& options, chosen config)
    : options_(options),
      config_(std::move(config)),
      sim_(fresh_seed()),
      cloud_(sim_.add_cloud(registration_at(sim_.time().now()), config_.ports.cloud)),
      pms_(sim_.add_pms({}, config_.ports.pms)),
      hub_(sim_, {options.hub.string(), "serve", "--config", config_.config.string()},
           [](const std::string& line) { say("hub", line); }) {
    for (const demo_room& room : demo_rooms()) {
        cloud_.cloud().add_lock(room.lock_uuid, demo_home, "dd-" + room.room_id, "room " + room.room_no);
    }
    if (config_.ports.gateway != 0) {
        gateway_ = &sim_.add_gateway({}, config_.ports.gateway);
        for (const demo_room& room : demo_rooms()) gateway_->box().add_room(room.rm_id, "1-" + room.room_no);
        narrate(*gateway_);
    }
    cloud_.cloud().knobs.result_delay = duration(400);
    cloud_.cloud().knobs.repush = 3;
    recall_locks();
    narrate(cloud_);
    narrate(pms_);
}

result<wire::json_value> read_state(const std::filesystem::path& file) {
    std::ifstream in(file);
    return wire::json_value::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

void demo::recall_locks() {
    if (const auto state = read_state(cloud_memory())) cloud_.cloud().restore(*state);
    if (!gateway_) return;
    if (const auto state = read_state(gateway_memory())) gateway_->box().restore(*state);
}

void demo::remember_locks() {
    write_private(cloud_memory(), cloud_.cloud().state_json(sim_.time().now()));
    if (gateway_) write_private(gateway_memory(), gateway_->box().state_json());
}

int demo::run() {
    sim_.group().spawn("demo", play());
    sim_.run([this] { return farewell(); });
    return failed_ ? 1 : 0;
}

task<void> demo::play() {
    origin_ = co_await hub_.listening();
    if (origin_.empty()) {
        failed_ = !sim_.waits().stopping();
        sim_.end();
        co_return;
    }
    cloud_.pushes().set_hub_origin(origin_);
    if (!import_directory() || !bind_card_locks()) {
        failed_ = true;
        sim_.end();
        co_return;
    }
    guest_stay stay({sim_, cloud_, gateway_, pms_, origin_}, demo_rooms()[0]);
    co_await stay.play();
    co_await go_on();
}

// The command as its user would type it, told with what it prints.
bool demo::run_hub_command(std::vector<std::string> arguments) {
    std::string told = "lockhub";
    for (const auto& word : arguments) told += " " + word;
    arguments.insert(arguments.begin(), options_.hub.string());
    arguments.insert(arguments.end(), {"--config", config_.config.string()});
    const auto done = run_process(std::move(arguments), std::chrono::seconds(20));
    std::string said = done.output.substr(0, done.output.find_last_not_of('\n') + 1);
    for (auto at = said.find('\n'); at != std::string::npos; at = said.find('\n', at)) said.replace(at, 1, " / ");
    say("demo", fmt::format("{}: {}", told, said));
    return done.exit_code == 0;
}

bool demo::bind_card_locks() {
    if (!gateway_) {
        say("demo", "no [[gateway]] in the configuration: no cards in this demo");
        return true;
    }
    return std::ranges::all_of(demo_rooms(), [this](const demo_room& room) {
        return run_hub_command({"directory", "bind", "--pms", "demopms", "--hotel", demo_hotel, "--room", room.room_id,
                                "--service", "card", "--account", demo_gateway, "--lock", room.rm_id, "--yes"});
    });
}

bool demo::import_directory() {
    const auto file = options_.directory / "demo-directory.csv";
    if (write_if_missing(file, demo_directory_text())) say("demo", fmt::format("wrote {}", file.string()));
    return run_hub_command({"directory", "import", file.string()});
}

task<void> demo::go_on() {
    if (sim_.waits().stopping()) co_return;
    remember_locks();
    explain(origin_);
    if (options_.once) {
        sim_.end();
        co_return;
    }
    for (std::size_t round = 1; !sim_.waits().stopping(); ++round) {
        co_await sim_.waits().until(sim_.time().now() + between_events);
        if (sim_.waits().stopping()) break;
        remember_locks();
        const demo_room& room = demo_rooms()[round % demo_rooms().size()];
        const time_point now = sim_.time().now();
        cloud_.pushes().schedule(
            round % 4 == 3 ? cloud_.cloud().raise_event("wrongPwdAlarm", room.lock_uuid, "", now, sim_.random())
                           : cloud_.cloud().open_by_pin(room.lock_uuid, 1001, now, sim_.random()));
    }
}

task<void> demo::farewell() {
    say("demo", "stopping");
    const int code = co_await hub_.stop();
    say("demo", fmt::format("lockhub ended with exit code {}", code));
    failed_ = failed_ || code != 0;
    remember_locks();
}

void demo::explain(const std::string& origin) {
    const demo_room& room = demo_rooms()[1];
    auto push = cloud_.cloud().battery_alarm(room.lock_uuid, 7, sim_.time().now(), sim_.random()).front();
    const auto path = push.registered_url.substr(push.registered_url.find('/', 8));
    fmt::print(
        "\n--- lockhub runs. Try:\n"
        "  {0}/healthz   {0}/readyz   {0}/metrics\n"
        "  http://127.0.0.1:{1}/sim/state   what the simulated 丁盯 cloud knows (locks, passwords, calls)\n"
        "  http://127.0.0.1:{2}/sim/state   what the simulated PMS was told\n"
        "  {3} outbox ls --config {4}\n"
        "A check-in, as the PMS would send it:\n"
        "  curl -s {0}/lockapi/demopms/lock/enableGuestPwd.do -d '{5}'\n"
        "A low battery, as 丁盯 would push it:\n"
        "  curl -s {0}{6} -H 'Content-Type: application/json' -d '{7}'\n"
        "A PMS that refuses its next three callbacks:\n"
        "  curl -s http://127.0.0.1:{2}/sim/knobs -d '{{\"refuse\":\"1x3\"}}'\n"
        "Ctrl-C stops everything. Something happens at a door every {8} seconds.\n\n",
        origin, cloud_.port(), pms_.port(), options_.hub.string(), config_.config.string(),
        check_in_form(room, fmt::format("{:06}", sim_.random()() % 1'000'000), sim_.time().now(),
                      pms_.pms().registration()),
        path, push.body, between_events.count());
    std::fflush(stdout);
}

}  // namespace

int run_demo(const demo_options& options) {
    try {
        if (!std::filesystem::exists(options.hub)) {
            throw std::runtime_error(
                fmt::format("there is no {}; --hub names the lockhub program", options.hub.string()));
        }
        std::filesystem::create_directories(options.directory);
        chosen config = choose_config(options.directory);
        return demo(options, std::move(config)).run();
    } catch (const std::exception& e) {
        fmt::print(stderr, "lockhub-sim: {}\n", e.what());
        return 1;
    }
}

}  // namespace lockhub::simulators
