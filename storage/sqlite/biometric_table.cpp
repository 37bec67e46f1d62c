#include "storage/sqlite/biometric_table.hpp"

namespace lockhub::storage::sqlite {

biometric_table::biometric_table(database& db)
    : insert_(db, "INSERT INTO biometrics (action_id, sealed) VALUES (?, ?)"),
      find_(db, "SELECT sealed FROM biometrics WHERE action_id = ?"),
      erase_(db, "DELETE FROM biometrics WHERE action_id = ?") {}

void biometric_table::insert(std::string_view action, std::string_view sealed) {
    insert_.run(action, blob{sealed});
}

std::string biometric_table::find(std::string_view action) {
    auto row = find_.query(action);
    return row.next() ? row.string(0) : std::string();
}

void biometric_table::erase(std::string_view action) {
    erase_.run(action);
}

}  // namespace lockhub::storage::sqlite
