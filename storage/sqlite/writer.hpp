#pragma once
// The thread around a commit loop: the group is whatever arrived during the last commit.
#include <thread>

#include "storage/sqlite/commit_loop.hpp"

namespace lockhub::storage::sqlite {

class writer {
  public:
    explicit writer(commit_loop& loop);
    ~writer() { stop(); }
    writer(const writer&) = delete;
    writer& operator=(const writer&) = delete;

    // Refuses new units, commits what waits, joins. Idempotent.
    void stop();

  private:
    void run();

    commit_loop& loop_;
    std::thread thread_;
};

}  // namespace lockhub::storage::sqlite
