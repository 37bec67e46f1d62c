#include <fmt/format.h>

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
        out.load = run_load({.port = hub_.port(),
                             .target = std::string(push_bodies::event_path),
                             .connections = connections,
                             .requests = settings_.scaled(connections == 1 ? 20'000 : 300'000)},
                            [&](std::uint64_t, std::string& body) { bodies_.append(next_++, body); });
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
    const auto pushes = static_cast<double>(run.load.answered);
    const auto units = run.after.units - run.before.units;
    const auto commits = run.after.commits - run.before.commits;
    const auto syncs = run.after.syncs - run.before.syncs;
    print_line(fmt::format("{} connections", connections), describe(run.load));
    print_line("",
               fmt::format("{:.1f} units a commit, {:.3f} fsyncs a push, {}", commits > 0 ? units / commits : 0,
                           pushes > 0 ? syncs / pushes : 0,
                           share_of(run.load.per_second(), find_figure(figures.bare_per_second, connections), 'a')));
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
