#pragma once
// parked_results: results that came before their command's reference was known.
#include <optional>
#include <string>

#include "schemas/domain/push.hpp"
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

struct parked_result {
    std::int64_t parked_id = 0;
    command_result content;  // without the device
};

class parked_result_table {
  public:
    explicit parked_result_table(database& db);

    void park(std::string_view account, const command_result& content, std::int64_t push, time_point received_at);
    // The first one parked under this reference; marks it matched.
    std::optional<parked_result> claim(std::string_view account, std::string_view ref);
    // Those received before then wait no longer; they stay as stale.
    void mark_stale(time_point received_before);
    std::int64_t expunge(time_point received_before, std::size_t limit);

  private:
    statement park_;
    statement find_;
    statement mark_matched_;
    statement mark_stale_;
    statement expunge_;
};

}  // namespace lockhub::storage::sqlite
