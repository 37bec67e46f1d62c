#pragma once
// What `lockhub-bench` measures, a figure a function. Each prints its own lines; nothing is judged. Figures run one
// after the other, and later ones give their numbers as a share of earlier ones that ran.
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace lockhub::bench {

struct bench_settings {
    bool quick = false;              // a smoke run: small counts, numbers that say little
    std::filesystem::path programs;  // the folder of lockhub and lockhub-bare
    std::filesystem::path folder;    // for databases; the caller removes it

    std::uint64_t scaled(std::uint64_t count) const { return quick ? count / 10 : count; }
};

struct figures_so_far {
    std::map<std::size_t, double> bare_per_second;         // by connections
    std::map<std::size_t, double> bare_processor_us;       // of processor time a request
    std::map<std::size_t, double> ingest_per_second;       // by connections; nobody subscribed
    std::map<std::size_t, double> raw_rows_per_second;     // by rows a group
    std::optional<double> bounded_drain, unbounded_drain;  // deliveries a second
};

inline constexpr std::array<std::size_t, 3> connection_counts{1, 64, 256};
inline constexpr std::array<std::size_t, 3> group_sizes{1, 50, 256};

void measure_bare_server(const bench_settings& settings, figures_so_far& figures);   // (a)
void measure_push_ingest(const bench_settings& settings, figures_so_far& figures);   // (b)
void measure_group_commit(const bench_settings& settings, figures_so_far& figures);  // (c)
void measure_deliveries(const bench_settings& settings, figures_so_far& figures);    // (d)
void measure_bad_systems(const bench_settings& settings, figures_so_far& figures);   // (e)
void measure_memory(const bench_settings& settings, figures_so_far& figures);        // (f)
void measure_lockapi(const bench_settings& settings, figures_so_far& figures);       // (g)

// --- how figures are printed -----------------------------------------------------------------------------------------
void print_heading(char letter, std::string_view what);
void print_line(std::string_view label, std::string_view values);  // nothing when there are no values
// "0.43 of (a)", or "" when `whole` was not measured.
std::string share_of(double part, std::optional<double> whole, char letter);
std::optional<double> find_figure(const std::map<std::size_t, double>& figures, std::size_t key);

}  // namespace lockhub::bench
