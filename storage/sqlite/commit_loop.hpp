#pragma once
// Group commit without a thread: whoever calls run_group() is the writer. Each call commits one group in one
// transaction and only then hands out its completions.
#include <mutex>

#include "schemas/core/clock.hpp"
#include "storage/sqlite/open.hpp"
#include "storage/sqlite/unit_queue.hpp"

namespace lockhub::storage::sqlite {

// The transaction underneath, a seam so that the loop can be proven without a database. Every function may throw
// engine_failure.
class group_engine {
  public:
    virtual ~group_engine() = default;

    virtual void begin() = 0;
    virtual void commit() = 0;
    virtual void roll_back() = 0;                      // also forgets what the group remembered outside the database
    virtual void announce(completion_batch& out) = 0;  // after a commit: what else must be told with the completions
    virtual void after_group() = 0;                    // after the completions went out: checkpoints
};

class commit_loop {
  public:
    commit_loop(group_engine& engine, const clock& time, completion_sink sink);

    void submit(unit_pointer u);  // any thread
    void wait() { queue_.wait(); }

    // Commits one group. A unit that throws is rolled back together with its group, which then runs unit by unit, so
    // that only the bad one gets its error. A failed COMMIT, or a failure that is fatal, poisons. False when there was
    // nothing to do.
    bool run_group();

    // Refuses everything from now on; what already waits can still be run.
    void close();
    // Refuses what waits, too.
    void abandon();
    // True after close() when nothing waits any more.
    bool drained() { return queue_.drained(); }

    // Called among the completions; to be set before the first unit.
    void on_poison(std::function<void(const std::string&)> told);
    void on_commit(std::function<void(std::size_t, std::chrono::microseconds)> told);
    writer_statistics statistics() const;  // any thread; without fsyncs

  private:
    enum class attempt { committed, unit_failed };
    struct group_run;

    attempt try_whole(group_run& run);
    void run_one_by_one(group_run& run);
    void run_alone(group_run& run, unit_pointer& u);
    void refuse_waiting(group_run& run, const error& why);
    void refuse_all(group_run& run, const error& why);
    void settle(group_run& run, unit_pointer u);
    void count(group_run& run, std::size_t units, std::chrono::microseconds began);
    void poison(group_run& run, const std::string& why);

    group_engine& engine_;
    const clock& time_;
    completion_sink sink_;
    unit_queue queue_;
    std::function<void(const std::string&)> poison_told_;
    std::function<void(std::size_t, std::chrono::microseconds)> commit_told_;
    mutable std::mutex statistics_mutex_;
    writer_statistics statistics_;
};

}  // namespace lockhub::storage::sqlite
