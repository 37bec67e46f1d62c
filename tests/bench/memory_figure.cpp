#include <fmt/format.h>

#include <vector>

#include "tests/bench/figures.hpp"
#include "tests/bench/http_get.hpp"
#include "tests/bench/hub_under_test.hpp"
#include "tests/bench/outbox_seed.hpp"

namespace lockhub::bench {

namespace {

constexpr std::size_t pms_systems = 100;
constexpr std::size_t idle_connections = 256;
constexpr std::uint64_t due_now = 1000;
constexpr int longest_wait_seconds = 20;

std::string text_of(const served_program& program) {
    const auto memory = program.memory_now();
    return fmt::format("{:.1f} MiB resident, {:.1f} MiB at most", static_cast<double>(memory.resident_kib) / 1024,
                       static_cast<double>(memory.peak_kib) / 1024);
}

std::string start_up_of(const served_program& program) {
    return fmt::format("{:.0f} ms until it listens",
                       std::chrono::duration<double, std::milli>(program.start_up()).count());
}

void measure_empty(const hub_under_test& files) {
    const served_program hub(files.serve_command());
    http_get(hub.port(), "/readyz");
    print_line("empty outbox, 1,000 locks, 100 PMS systems", text_of(hub) + "; " + start_up_of(hub));
    std::vector<kept_connection> idle;
    for (std::size_t i = 0; i < idle_connections; ++i) {
        idle.emplace_back(hub.port());
        idle.back().get("/healthz");
    }
    print_line("with 256 idle connections", text_of(hub));
}

void measure_full(const hub_under_test& files, std::uint64_t rows) {
    served_program hub(files.serve_command());
    print_line(fmt::format("{} pending callbacks, {} due now", rows, due_now), start_up_of(hub));
    double delivered = 0;
    for (int i = 0; i < longest_wait_seconds && delivered < static_cast<double>(due_now); ++i) {
        hub.let_run(std::chrono::seconds(1));
        delivered = read_counters(hub.port()).delivered;
    }
    print_line(fmt::format("after {:.0f} of them were delivered", delivered), text_of(hub));
}

}  // namespace

void measure_memory(const bench_settings& settings, figures_so_far&) {
    print_heading('f', "memory and start-up of `lockhub serve`");
    const served_program sink(bare_server_command(settings.programs, R"({"code":0})"));
    const hub_under_test files(settings.programs, settings.folder / "memory",
                               {.rooms = 1000, .pms_systems = pms_systems, .sink_port = sink.port()});
    measure_empty(files);
    const auto rows = settings.scaled(1'000'000);
    seed_outbox(files.database(), {.rows = rows, .pms_systems = pms_systems, .due_now = due_now});
    measure_full(files, rows);
}

}  // namespace lockhub::bench
