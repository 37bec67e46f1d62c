#pragma once
// A unit of storage work as something to co_await:
//   auto outcome = co_await await_store<push_outcome>([&](auto done) { store.record_push(std::move(record),
//   std::move(done)); });
// Completions run on the io thread, so the coroutine goes on there.
#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "dispatch/net/task.hpp"
#include "storage/store.hpp"

namespace lockhub::dispatch {

template <class T, class Submit>
task<result<T>> await_store(Submit submit) {
    auto outcome = co_await asio::async_initiate<const asio::use_awaitable_t<executor>, void(result<T>)>(
        [&submit](auto handler) { submit(storage::completion<T>(std::move(handler))); },
        asio::use_awaitable_t<executor>{});
    co_return outcome;
}

}  // namespace lockhub::dispatch
