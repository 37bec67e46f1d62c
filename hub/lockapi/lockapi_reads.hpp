#pragma once
// What the lockapi reads of the database, as something to co_await: a reader blocks, and the io thread must not. The
// service reads on a pool of threads; tests and the simulation read where they stand.
#include <functional>
#include <vector>

#include "dispatch/net/task.hpp"
#include "schemas/core/result.hpp"
#include "storage/reader.hpp"

namespace lockhub::hub {

class reader_pool;

// Errors: those of the reader; unavailable when too many reads wait, or the hub stops.
class lockapi_reads {
  public:
    virtual ~lockapi_reads() = default;

    dispatch::task<result<std::vector<storage::lockapi_room>>> rooms(pms_id pms, hotel_no hotel,
                                                                     std::vector<std::string> room_type_codes,
                                                                     std::vector<room_id> rooms);
    dispatch::task<result<std::vector<storage::room_locks>>> locks_of_rooms(pms_id pms, hotel_no hotel,
                                                                            std::vector<room_id> rooms);
    dispatch::task<result<storage::log_rows>> lock_log(storage::log_question question);

  protected:
    using work = std::move_only_function<void(storage::reader&)>;
    // Comes back after `what` has run, or has failed to run at all.
    virtual dispatch::task<result<>> run(work what) = 0;

  private:
    template <class T, class Read>
    dispatch::task<result<T>> read(Read what);
};

class pooled_reads final : public lockapi_reads {
  public:
    explicit pooled_reads(reader_pool& pool) : pool_(pool) {}  // outlives it

  protected:
    dispatch::task<result<>> run(work what) override;

  private:
    reader_pool& pool_;
};

class direct_reads final : public lockapi_reads {
  public:
    explicit direct_reads(storage::reader& reader) : reader_(reader) {}  // outlives it

  protected:
    dispatch::task<result<>> run(work what) override;

  private:
    storage::reader& reader_;
};

}  // namespace lockhub::hub
