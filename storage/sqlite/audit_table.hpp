#pragma once
// audit: who changed what by hand, and why.
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

class audit_table {
  public:
    explicit audit_table(database& db);

    std::int64_t add(time_point at, std::string_view actor, std::string_view verb, std::string_view subject,
                     std::string_view reason, std::uint64_t changed);
    void set_changed(std::int64_t audit_id, std::uint64_t changed);

  private:
    database& db_;
    statement add_;
    statement set_changed_;
};

}  // namespace lockhub::storage::sqlite
