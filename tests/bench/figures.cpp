#include "tests/bench/figures.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace lockhub::bench {

void print_heading(char letter, std::string_view what) {
    fmt::print("\n({}) {}\n", letter, what);
    std::fflush(stdout);
}

void print_line(std::string_view label, std::string_view values) {
    if (values.empty()) return;
    fmt::print("    {:<44}{}\n", label, values);
    std::fflush(stdout);
}

std::string share_of(double part, std::optional<double> whole, char letter) {
    if (!whole || *whole <= 0) return {};
    return fmt::format("{:.2f} of ({})", part / *whole, letter);
}

std::optional<double> find_figure(const std::map<std::size_t, double>& figures, std::size_t key) {
    const auto found = figures.find(key);
    return found == figures.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace lockhub::bench
