#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "tests/bench/figures.hpp"
#include "tests/bench/hub_under_test.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/push_bodies.hpp"

namespace lockhub::bench {

namespace {

constexpr std::size_t rooms = 1000;

struct ingest_run {
    load_result load;
    hub_counters before, after;
    std::chrono::duration<double> processor_time{};
};

// Pushes are numbered on from run to run, so that none is a repeat.
class ingest {
  public:
    ingest(const bench_settings& settings, const std::filesystem::path& folder, std::uint16_t sink_port)
        : settings_(settings),
          files_(settings.programs, folder, {.rooms = rooms, .pms_systems = 1, .sink_port = sink_port}),
          hub_(files_.serve_command()) {}

    ingest_run run(std::size_t connections) {
        ingest_run out;
        out.before = read_counters(hub_.port());
        const auto busy_before = hub_.processor_time();
        out.load = run_load({.port = hub_.port(),
                             .target = std::string(push_bodies::event_path),
                             .connections = connections,
                             .requests = settings_.scaled(connections == 1 ? 20'000 : 300'000)},
                            [&](std::uint64_t, std::string& body) { bodies_.append(next_++, body); });
        out.processor_time = hub_.processor_time() - busy_before;
        out.after = read_counters(hub_.port());
        return out;
    }

  private:
    const bench_settings& settings_;
    hub_under_test files_;
    served_program hub_;
    push_bodies bodies_{rooms};
    std::uint64_t next_ = 0;
};

void print_run(const ingest_run& run, std::size_t connections, const figures_so_far& figures) {
    const auto pushes = static_cast<double>(std::max<std::uint64_t>(run.load.answered, 1));
    const auto units = run.after.units - run.before.units;
    const auto commits = std::max(run.after.commits - run.before.commits, 1.0);
    const auto busy_us = 1e6 * run.processor_time.count() / pushes;
    print_line(fmt::format("{} connections", connections), describe(run.load));
    print_line("", share_of(run.load.per_second(), find_figure(figures.bare_per_second, connections), 'a'));
    print_line("", fmt::format("{:.1f} units a commit, {:.3f} fsyncs a push", units / commits,
                               (run.after.syncs - run.before.syncs) / pushes));
    auto busy = fmt::format("{:.1f} µs of processor time a push", busy_us);
    if (const auto bare_us = find_figure(figures.bare_processor_us, connections))
        busy += fmt::format(", {:.1f} times (a)", busy_us / *bare_us);
    print_line("", busy);
}

}  // namespace

void measure_push_ingest(const bench_settings& settings, figures_so_far& figures) {
    print_heading('b', "durable push ingest: parsed, sign checked, deduplicated, projected, committed; 1,000 locks");
    {
        ingest quiet(settings, settings.folder / "quiet", 0);
        for (const auto connections : connection_counts) {
            const auto run = quiet.run(connections);
            figures.ingest_per_second[connections] = run.load.per_second();
            print_run(run, connections, figures);
        }
    }
    print_heading('b',
                  "the same with a PMS that takes every event: a callback's row each, delivered as its rate allows");
    const served_program sink(bare_server_command(settings.programs, R"({"code":0})"));
    ingest subscribed(settings, settings.folder / "subscribed", sink.port());
    for (const auto connections : connection_counts) print_run(subscribed.run(connections), connections, figures);
}

}  // namespace lockhub::bench
