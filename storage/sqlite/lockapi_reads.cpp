#include "storage/sqlite/sqlite_reader.hpp"

namespace lockhub::storage::sqlite {

result<std::vector<lockapi_room>> sqlite_reader::lockapi_rooms(const pms_id&, const hotel_no&,
                                                               const std::vector<std::string>&,
                                                               const std::vector<room_id>&) {
    return fail(errc::unsupported, "lockapi_rooms");
}

result<std::vector<room_locks>> sqlite_reader::locks_of_rooms(const pms_id&, const hotel_no&,
                                                              const std::vector<room_id>&) {
    return fail(errc::unsupported, "locks_of_rooms");
}

result<log_rows> sqlite_reader::lock_log(const log_question&) {
    return fail(errc::unsupported, "lock_log");
}

}  // namespace lockhub::storage::sqlite
