#pragma once
// audit: who changed what by hand, or was shown a PIN, and why.
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

class audit_table {
  public:
    explicit audit_table(database& db);

    std::int64_t add(time_point at, std::string_view actor, std::string_view verb, std::string_view subject,
                     std::string_view reason, std::uint64_t changed);
    void set_changed(std::int64_t audit_id, std::uint64_t changed);
    std::int64_t expunge(time_point before, std::size_t limit);

  private:
    database& db_;
    statement add_;
    statement set_changed_;
    statement expunge_;
};

}  // namespace lockhub::storage::sqlite
