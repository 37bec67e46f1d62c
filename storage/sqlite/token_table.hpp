#pragma once
// tokens: the access token of each lock-cloud account, sealed.
#include <string>
#include <vector>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

struct token_row {
    std::string account;
    std::string sealed_token;
    time_point expires_at{};
};

class token_table {
  public:
    explicit token_table(database& db);

    void save(std::string_view account, std::string_view sealed_token, time_point expires_at);
    std::vector<token_row> load();

  private:
    statement save_;
    statement load_;
};

}  // namespace lockhub::storage::sqlite
