#include <fmt/format.h>

#include <algorithm>

#include "tests/bench/drain.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/served_program.hpp"

namespace lockhub::bench {

namespace {

constexpr std::string_view accepted = R"({"code":0,"message":"ok"})";
constexpr auto slow_answer = std::chrono::seconds(3);

// How many callbacks each of the 1,000 PMS systems has due: with the bound, as many as it lets through at once.
constexpr std::size_t bounded_rows = 25;
constexpr std::size_t unbounded_rows = 100;

void print_drain(std::string_view label, const drain_result& result) {
    using milliseconds = std::chrono::duration<double, std::milli>;
    const auto delivered = static_cast<double>(result.delivered);
    print_line(label,
               fmt::format("{:.0f}/s  ({} in {:.0f} ms, durable after {:.0f} ms)", result.per_second(),
                           result.delivered, milliseconds(result.took).count(), milliseconds(result.settled).count()));
    print_line("", fmt::format("{:.1f} a commit, {:.1f} µs of processor time each, {} connections opened",
                               delivered / static_cast<double>(std::max<std::uint64_t>(result.commits, 1)),
                               1e6 * result.processor_time.count() / delivered, result.connections_opened));
}

drain_setup bounded(const bench_settings& settings, std::string_view name, std::uint16_t port) {
    drain_setup setup;
    setup.database = settings.folder / name;
    setup.rows_each = bounded_rows;
    setup.sink_port = port;
    return setup;
}

drain_setup unbounded(const bench_settings& settings, std::string_view name, std::uint16_t port) {
    auto setup = bounded(settings, name, port);
    setup.rows_each = settings.scaled(unbounded_rows);
    setup.calls_per_second = 0;
    return setup;
}

}  // namespace

void measure_deliveries(const bench_settings& settings, figures_so_far& figures) {
    print_heading('d', "deliveries to 1,000 PMS systems behind one fast server, attempts and outcomes durable");
    const served_program sink(bare_server_command(settings.programs, accepted));
    const auto slowly = drain(bounded(settings, "bounded.db", sink.port()));
    figures.bounded_drain = slowly.per_second();
    print_drain("29 a second to each, 25 due", slowly);
    const auto freely = drain(unbounded(settings, "unbounded.db", sink.port()));
    figures.unbounded_drain = freely.per_second();
    print_drain("without that bound", freely);
    if (const auto share = share_of(freely.per_second(), find_figure(figures.bare_per_second, 256), 'a');
        !share.empty())
        print_line("", share + " at 256 connections");
}

void measure_bad_systems(const bench_settings& settings, figures_so_far& figures) {
    print_heading('e', "one of the 1,000 refuses connections, one answers after 3 s: the other 998");
    const served_program sink(bare_server_command(settings.programs, accepted, slow_answer));
    auto setup = bounded(settings, "bad-bounded.db", sink.port());
    setup.one_dead_one_slow = true;
    const auto slowly = drain(setup);
    print_drain("29 a second to each, 25 due", slowly);
    print_line("", share_of(slowly.per_second(), figures.bounded_drain, 'd'));
    setup = unbounded(settings, "bad-unbounded.db", sink.port());
    setup.one_dead_one_slow = true;
    const auto freely = drain(setup);
    print_drain("without that bound", freely);
    print_line("", share_of(freely.per_second(), figures.unbounded_drain, 'd'));
}

}  // namespace lockhub::bench
