#pragma once
// biometrics: the pictures and fingerprints of actions that are not final, sealed.
#include <string>
#include <string_view>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

class biometric_table {
  public:
    explicit biometric_table(database& db);

    void insert(std::string_view action, std::string_view sealed);
    std::string find(std::string_view action);  // sealed; "" for none
    void erase(std::string_view action);

  private:
    statement insert_;
    statement find_;
    statement erase_;
};

}  // namespace lockhub::storage::sqlite
