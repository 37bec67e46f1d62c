#pragma once
// `./dev run`: the hub as a child, a simulated 丁盯 cloud and PMS beside it, traffic at once, everything told in words.
#include <filesystem>

namespace lockhub::simulators {

struct demo_options {
    std::filesystem::path hub;        // the lockhub program
    std::filesystem::path directory;  // for configuration, directory file and database
    bool once = false;                // ends after the first round of traffic, for tests
};

// Runs until Ctrl-C; returns the exit code. Start-up problems are printed as one sentence.
int run_demo(const demo_options& options);

}  // namespace lockhub::simulators
