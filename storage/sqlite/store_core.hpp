#pragma once
// The writer's connection with everything on it: what the inline and the threaded store have in common.
#include <atomic>
#include <memory>

#include "storage/sqlite/commit_loop.hpp"
#include "storage/sqlite/lock_file.hpp"
#include "storage/sqlite/sync_counter.hpp"
#include "storage/sqlite/work.hpp"

namespace lockhub::storage::sqlite {

class store_core final : public group_engine {
  public:
    // Opens, migrates, checks the seal key. Throws std::runtime_error naming file and reason.
    explicit store_core(sqlite_options options);
    ~store_core() override;

    workspace& space() { return *space_; }
    commit_loop& loop() { return *loop_; }
    void set_events(store_events events);  // before the first unit
    writer_statistics statistics() const;  // any thread

    // Checkpoints and lets another hub have the file; nothing may run afterwards. The connection itself goes with the
    // object, because late calls still name it. Idempotent.
    void close();

    template <class Input, class Output>
    void submit(result<Output> (*apply)(workspace&, const Input&), Input input, completion<Output> done) {
        loop_->submit(std::make_unique<work<Input, Output>>(*space_, apply, std::move(input), std::move(done)));
    }
    void submit(unit_pointer u) { loop_->submit(std::move(u)); }

  private:
    void begin() override;
    void commit() override;
    void roll_back() override;
    void announce(completion_batch& out) override;
    void after_group() override;

    std::unique_ptr<lock_file> lock_;
    sync_counter syncs_;
    std::unique_ptr<database> db_;
    std::unique_ptr<workspace> space_;
    std::unique_ptr<statement> begin_;
    std::unique_ptr<statement> commit_;
    std::unique_ptr<commit_loop> loop_;
    std::shared_ptr<store_events> events_ = std::make_shared<store_events>();
    bool closed_ = false;
};

}  // namespace lockhub::storage::sqlite
