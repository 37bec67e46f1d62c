#pragma once
// Runs one task to its end on an io_context, from a test.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "dispatch/net/task.hpp"

namespace lockhub::test {

// Runs the io_context in this thread until `done` says so. Throws std::runtime_error when it did not within `longest`
// of wall-clock time.
template <class Done>
void run_until(dispatch::asio::io_context& io, Done done,
               std::chrono::milliseconds longest = std::chrono::seconds(20)) {
    const auto until = std::chrono::steady_clock::now() + longest;
    io.restart();
    while (!done()) {
        if (std::chrono::steady_clock::now() >= until)
            throw std::runtime_error("what the test waits for did not happen");
        // Without work of its own the context returns at once; another thread may still post to it.
        if (io.run_one_for(std::chrono::milliseconds(50)) == 0) io.restart();
    }
}

// Runs `work` to its end, gives its value or rethrows what it threw. Past `longest` it throws std::runtime_error, and
// the task stays suspended.
template <class T>
T run_task(dispatch::asio::io_context& io, dispatch::task<T> work,
           std::chrono::milliseconds longest = std::chrono::seconds(20)) {
    struct outcome {
        bool ended = false;
        std::exception_ptr failure;
        std::optional<std::conditional_t<std::is_void_v<T>, bool, T>> value;
    };
    const auto shared = std::make_shared<outcome>();
    const auto executor = io.get_executor();
    if constexpr (std::is_void_v<T>) {
        dispatch::asio::co_spawn(executor, std::move(work), [shared](const std::exception_ptr& thrown) {
            shared->ended = true;
            shared->failure = thrown;
        });
    } else {
        dispatch::asio::co_spawn(executor, std::move(work), [shared](const std::exception_ptr& thrown, T value) {
            shared->ended = true;
            shared->failure = thrown;
            if (!thrown) shared->value.emplace(std::move(value));
        });
    }
    run_until(io, [&] { return shared->ended; }, longest);
    if (shared->failure) std::rethrow_exception(shared->failure);
    if constexpr (!std::is_void_v<T>) return std::move(*shared->value);
}

}  // namespace lockhub::test
