#include "hub/lockapi/lockapi_reads.hpp"

#include <optional>

#include "hub/system/reader_pool.hpp"

namespace lockhub::hub {

using dispatch::task;

// The caller's frame holds what the work reads into, and is suspended until the work is done.
template <class T, class Read>
task<result<T>> lockapi_reads::read(Read what) {
    std::optional<result<T>> out;
    auto ran = co_await run([&out, &what](storage::reader& reader) { out = what(reader); });
    if (!ran) co_return std::unexpected(std::move(ran.error()));
    co_return std::move(*out);
}

task<result<std::vector<storage::lockapi_room>>> lockapi_reads::rooms(pms_id pms, hotel_no hotel,
                                                                      std::vector<std::string> room_type_codes,
                                                                      std::vector<room_id> rooms) {
    auto found = co_await read<std::vector<storage::lockapi_room>>(
        [&](storage::reader& reader) { return reader.lockapi_rooms(pms, hotel, room_type_codes, rooms); });
    co_return found;
}

task<result<std::vector<storage::room_locks>>> lockapi_reads::locks_of_rooms(pms_id pms, hotel_no hotel,
                                                                             std::vector<room_id> rooms) {
    auto found = co_await read<std::vector<storage::room_locks>>(
        [&](storage::reader& reader) { return reader.locks_of_rooms(pms, hotel, rooms); });
    co_return found;
}

task<result<storage::log_rows>> lockapi_reads::lock_log(storage::log_question question) {
    auto found = co_await read<storage::log_rows>([&](storage::reader& reader) { return reader.lock_log(question); });
    co_return found;
}

task<result<>> pooled_reads::run(work what) {
    auto ran = co_await pool_.read<bool>([&what](storage::reader& reader) -> result<bool> {
        what(reader);
        return true;
    });
    if (!ran) co_return std::unexpected(std::move(ran.error()));
    co_return result<>{};
}

task<result<>> direct_reads::run(work what) {
    what(reader_);
    co_return result<>{};
}

}  // namespace lockhub::hub
