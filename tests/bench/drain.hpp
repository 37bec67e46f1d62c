#pragma once
// The deliverer at full work: an outbox full of due callbacks is carried to one server, in this process, over real
// sockets and a real database.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "schemas/core/limits.hpp"

namespace lockhub::bench {

struct drain_setup {
    std::filesystem::path database;  // made; its folder exists
    std::size_t pms_systems = 1000;
    std::size_t rows_each = 25;                                   // all due, all in lanes of their own
    std::size_t calls_per_second = limits::pms_calls_per_second;  // to one PMS; 0: no bound
    std::uint16_t sink_port = 0;                                  // answers {"code":0}; below /slow/ it takes its time
    bool one_dead_one_slow = false;  // the first PMS refuses connections, the second is below /slow/
};

struct drain_result {
    std::uint64_t delivered = 0;                     // to the PMS systems that work
    std::chrono::nanoseconds took{};                 // from the deliverer's start to the last of them
    std::chrono::nanoseconds settled{};              // until everything was durable as well
    std::chrono::duration<double> processor_time{};  // of this process meanwhile
    std::uint64_t commits = 0;
    std::uint64_t connections_opened = 0;

    double per_second() const;
};

// Throws std::runtime_error when the store fails or the work takes more than two minutes.
drain_result drain(const drain_setup& setup);

}  // namespace lockhub::bench
