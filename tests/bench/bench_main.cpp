// lockhub-bench: what the machine, the server, the store and the dispatcher do in a second, as figures and ratios.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "tests/bench/figures.hpp"
#include "tests/bench/interruption.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace lockhub::bench;

constexpr std::string_view usage =
    "usage: lockhub-bench [--quick] [--only a,b,c,d,e,f,g]\n"
    "  a  a bare server: the same sessions, nothing parsed, nothing stored\n"
    "  b  durable push ingest of `lockhub serve`\n"
    "  c  SQLite group commit without a server\n"
    "  d  deliveries to 1,000 PMS systems on one fast server\n"
    "  e  the same with one dead and one slow PMS among them\n"
    "  f  memory and start-up\n"
    "  g  lockapi calls with durable actions\n"
    "  --quick  a tenth of the work, to see that it runs\n";

struct figure {
    char letter;
    void (*measure)(const bench_settings&, figures_so_far&);
};
constexpr figure all_figures[] = {{'a', measure_bare_server}, {'b', measure_push_ingest}, {'c', measure_group_commit},
                                  {'d', measure_deliveries},  {'e', measure_bad_systems}, {'f', measure_memory},
                                  {'g', measure_lockapi}};

struct arguments {
    bool quick = false;
    std::string only = "abcdefg";
};

std::optional<std::string> read_letters(std::string_view list) {
    std::string letters;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const bool comma = i % 2 == 1;
        if (comma ? list[i] != ',' : list[i] < 'a' || list[i] > 'g') return std::nullopt;
        if (!comma) letters += list[i];
    }
    return letters.empty() || list.ends_with(',') ? std::nullopt : std::optional(letters);
}

std::optional<arguments> read_arguments(int count, char** values) {
    arguments out;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = values[i];
        if (word == "--quick") {
            out.quick = true;
        } else if (word == "--only" && i + 1 < count) {
            const auto letters = read_letters(values[++i]);
            if (!letters) return std::nullopt;
            out.only = *letters;
        } else {
            return std::nullopt;
        }
    }
    return out;
}

void print_surroundings(const bench_settings& settings) {
    fmt::print("lockhub-bench on {} cores, everything on loopback, databases in {}{}\n",
               std::thread::hardware_concurrency(), settings.folder.string(),
               settings.quick ? "; --quick: the numbers say little" : "");
#ifndef __OPTIMIZE__
    fmt::print("built without optimisation: compare nothing with these numbers\n");
#endif
}

}  // namespace

int main(int count, char** values) {
    const auto given = read_arguments(count, values);
    if (!given) {
        fmt::print(stderr, "{}", usage);
        return 2;
    }
    try {
        const lockhub::test::temporary_folder folder;
        const interruption on_interrupt(folder.path());
        const bench_settings settings{.quick = given->quick,
                                      .programs = std::filesystem::read_symlink("/proc/self/exe").parent_path(),
                                      .folder = folder.path()};
        print_surroundings(settings);
        figures_so_far figures;
        for (const auto& [letter, measure] : all_figures)
            if (given->only.find(letter) != std::string::npos) measure(settings, figures);
        return 0;
    } catch (const std::exception& failure) {
        fmt::print(stderr, "lockhub-bench: {}\n", failure.what());
        return 1;
    }
}
