#include "storage/sqlite/seal_proof.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

namespace {

constexpr std::string_view proof_name = "seal_check";
constexpr std::string_view proof_text = "lockhub";

}  // namespace

seal_fit try_seal_key(database& db, const wire::sealer& key) {
    statement find(db, "SELECT value FROM settings WHERE name = ?");
    auto row = find.query(proof_name);
    if (!row.next()) return seal_fit::nothing_sealed;
    return key.open(row.text(0), proof_name) ? seal_fit::fits : seal_fit::other_key;
}

void write_seal_proof(database& db, sealing& seal) {
    statement save(db, R"(
INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value)");
    const auto sealed = seal.seal(proof_text, proof_name);
    save.run(proof_name, blob{sealed});
}

void check_seal_key(database& db, sealing& seal) {
    switch (try_seal_key(db, seal.key())) {
        case seal_fit::fits:
            return;
        case seal_fit::nothing_sealed:
            return write_seal_proof(db, seal);
        case seal_fit::other_key:
            throw std::runtime_error(
                fmt::format("{}: the seal key does not fit, this database was sealed with another one", db.path()));
    }
}

}  // namespace lockhub::storage::sqlite
