#include <fmt/format.h>

#include "tests/bench/figures.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/push_bodies.hpp"
#include "tests/bench/served_program.hpp"

namespace lockhub::bench {

void measure_bare_server(const bench_settings& settings, figures_so_far& figures) {
    print_heading('a', "bare server: the same sessions, nothing parsed, nothing stored");
    const served_program server(bare_server_command(settings.programs, R"({"ErrNo":0,"ErrMsg":"success","count":1})"));
    std::string push;
    push_bodies(1).append(0, push);
    for (const auto connections : connection_counts) {
        const auto busy_before = server.processor_time();
        const auto result = run_load({.port = server.port(),
                                      .target = std::string(push_bodies::event_path),
                                      .connections = connections,
                                      .requests = settings.scaled(connections == 1 ? 100'000 : 500'000)},
                                     constant_body(push));
        const auto busy_us =
            1e6 * (server.processor_time() - busy_before).count() / static_cast<double>(result.answered);
        figures.bare_per_second[connections] = result.per_second();
        figures.bare_processor_us[connections] = busy_us;
        print_line(fmt::format("{} connections", connections), describe(result));
        print_line("", fmt::format("{:.1f} µs of processor time a request", busy_us));
    }
}

}  // namespace lockhub::bench
