#pragma once
// A load generator: one thread, plain epoll, keep-alive connections, each with one request under way. Requests are made
// before the clock starts, so that what is measured is the server.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "tests/bench/latency_histogram.hpp"

namespace lockhub::bench {

struct load_options {
    std::string host = "127.0.0.1";  // an IPv4 address
    std::uint16_t port = 0;
    std::string target = "/";
    std::function<std::string(std::uint64_t)> target_of{};  // of request `number`; empty: `target` for all
    std::string content_type = "application/json";
    std::size_t connections = 1;
    std::uint64_t requests = 100'000;  // all different; ends early when `longest` is over
    std::chrono::milliseconds longest = std::chrono::seconds(10);
};

// Appends the body of request `number` (0, 1, 2, …).
using body_maker = std::function<void(std::uint64_t number, std::string& out)>;

struct load_result {
    std::uint64_t answered = 0;  // with 200
    std::uint64_t refused = 0;   // with another status
    std::uint64_t broken = 0;    // connections that ended before `requests` were sent
    std::chrono::nanoseconds took{};
    latency_histogram latencies;

    double per_second() const;
};

// Throws std::system_error when it cannot connect.
load_result run_load(const load_options& options, const body_maker& make_body);

// The same body every time.
body_maker constant_body(std::string body);

// "48,211/s  p50 1.2 ms  p99 3.4 ms  (241,055 answered, 0 refused, 0 broken)"
std::string describe(const load_result& result);

}  // namespace lockhub::bench
