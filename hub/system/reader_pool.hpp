#pragma once
// Blocking reads off the io thread: threads that own a storage::reader each, and the hop there and back.
//
// read() is called on the io thread and goes on there. The pool is stopped before the io_context goes. A read that
// finds limits::reader_queue others waiting gets unavailable at once; so do reads that still wait when the pool stops.
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <utility>

#include "dispatch/net/task.hpp"
#include "schemas/core/result.hpp"
#include "storage/reader.hpp"

namespace lockhub::hub {

class reader_pool {
  public:
    using opener = std::function<result<std::unique_ptr<storage::reader>>()>;

    // Each thread opens its reader with its first read, and once more with every read after one that failed to open.
    reader_pool(dispatch::executor home, opener open, std::size_t threads = 2);
    ~reader_pool();
    reader_pool(const reader_pool&) = delete;
    reader_pool& operator=(const reader_pool&) = delete;

    // `work` runs on a thread of the pool.
    template <class T>
    dispatch::task<result<T>> read(std::move_only_function<result<T>(storage::reader&)> work);

    // Reads after this one are made with readers opened anew.
    void reopen();

    // Waits for reads under way. Idempotent.
    void stop();

  private:
    // Called once: with a reader, or with the reason why there is none.
    using job = std::move_only_function<void(result<storage::reader*>)>;
    void submit(job next);

    struct state;
    std::unique_ptr<state> state_;
    dispatch::executor home_;
};

template <class T>
dispatch::task<result<T>> reader_pool::read(std::move_only_function<result<T>(storage::reader&)> work) {
    namespace asio = dispatch::asio;
    auto outcome = co_await asio::async_initiate<const asio::use_awaitable_t<dispatch::executor>, void(result<T>)>(
        [this, &work](auto handler) {
            // The guard keeps the io_context running while the work is elsewhere.
            submit([work = std::move(work), handler = std::move(handler),
                    guard = asio::make_work_guard(home_)](result<storage::reader*> reader) mutable {
                result<T> read = reader ? work(**reader) : result<T>(std::unexpected(std::move(reader.error())));
                asio::post(guard.get_executor(), [handler = std::move(handler), read = std::move(read)]() mutable {
                    handler(std::move(read));
                });
            });
        },
        asio::use_awaitable_t<dispatch::executor>{});
    co_return outcome;
}

}  // namespace lockhub::hub
