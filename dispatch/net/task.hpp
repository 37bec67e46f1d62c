#pragma once
// The coroutine type of the program. Everything that awaits runs on an io_context with one thread; the concrete
// executor (not any_io_executor) keeps each await cheap.
//
// House rules: one co_await a statement, at its start, after `=` or after `co_return`; parameters by value where a task
// is spawned; no capturing lambda coroutine that can outlive its closure.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace lockhub::dispatch {

namespace asio = boost::asio;

using executor = asio::io_context::executor_type;

template <class T = void>
using task = asio::awaitable<T, executor>;

}  // namespace lockhub::dispatch
