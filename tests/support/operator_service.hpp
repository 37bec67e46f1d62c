#pragma once
// A store and the operator API on a unix socket, in a thread of their own, as the running service has them: for tests
// of the operator's side. The database, its key, token, socket and a configuration file that names them lie in a folder
// that goes with the test.
#include <boost/asio/executor_work_guard.hpp>
#include <memory>
#include <optional>
#include <thread>

#include "dispatch/net/task_group.hpp"
#include "hub/cli/service_client.hpp"
#include "hub/http/server.hpp"
#include "hub/observe/service_report.hpp"
#include "hub/system/system_clock.hpp"
#include "storage/sqlite/open.hpp"
#include "tests/support/seeded_entropy.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lockhub::test {

class operator_service {
  public:
    operator_service();
    ~operator_service();

    std::filesystem::path config_file() const { return folder_ / "lockhub.toml"; }
    const temporary_folder& folder() const { return folder_; }
    std::filesystem::path database() const { return folder_ / "hub.db"; }
    hub::service_client client(std::string_view token) const;
    hub::service_client client() const;  // with the right token

    void start();
    void stop();

    // Submits to the store and waits for the completion.
    template <class T, class Submit>
    result<T> ask(Submit submit);

    // One room with a lock, and an opening of its door pushed: one event for PMS "demopms".
    void import_room();
    void push_opening(std::int64_t at_ms);

  private:
    temporary_folder folder_;
    hub::system_clock clock_;
    seeded_entropy entropy_;
    secret token_;
    std::unique_ptr<dispatch::asio::io_context> io_;
    std::optional<dispatch::asio::executor_work_guard<dispatch::executor>> busy_;
    std::unique_ptr<storage::threaded_store> store_;
    std::unique_ptr<dispatch::task_group> tasks_;
    std::unique_ptr<hub::server> server_;
    std::thread thread_;
};

}  // namespace lockhub::test
