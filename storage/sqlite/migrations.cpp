#include "storage/sqlite/migrations.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

namespace {

std::int64_t read_pragma(database& db, std::string_view pragma) {
    statement read(db, pragma);
    auto row = read.query();
    return row.next() ? row.integer(0) : 0;
}

std::int64_t schema_version(database& db) {
    return read_pragma(db, "PRAGMA user_version");
}

bool is_empty(database& db) {
    return read_pragma(db, "SELECT COUNT(*) FROM sqlite_schema") == 0;
}

void refuse_foreign_or_newer(database& db) {
    const auto known = static_cast<std::int64_t>(migrations().size());
    const auto mark = read_pragma(db, "PRAGMA application_id");
    if (mark != application_id && (mark != 0 || !is_empty(db)))
        throw std::runtime_error(fmt::format("{}: is no lockhub database", db.path()));
    if (schema_version(db) > known)
        throw std::runtime_error(
            fmt::format("{}: has schema {}, written by a newer lockhub; this one knows schemas up to {}", db.path(),
                        schema_version(db), known));
}

void refuse_broken_references(database& db) {
    statement check(db, "PRAGMA foreign_key_check");
    auto row = check.query();
    if (row.next()) throw std::runtime_error(fmt::format("table {} refers to a row that is gone", row.text(0)));
}

}  // namespace

void migrate(database& db) {
    refuse_foreign_or_newer(db);
    const auto present = schema_version(db);
    // A table that is made anew must not take along what refers to it. No effect inside a transaction, so it stands
    // here.
    db.execute("PRAGMA foreign_keys = OFF");
    for (const auto& step : migrations()) {
        if (step.number <= present) continue;
        db.execute("BEGIN IMMEDIATE");
        try {
            db.execute(step.sql);
            refuse_broken_references(db);
            db.execute(fmt::format("PRAGMA application_id = {}", application_id));
            db.execute(fmt::format("PRAGMA user_version = {}", step.number));
            db.execute("COMMIT");
        } catch (const std::exception& why) {
            db.roll_back_if_open();
            throw std::runtime_error(fmt::format("{}: migration {}: {}", db.path(), step.name, why.what()));
        }
    }
    db.execute("PRAGMA foreign_keys = ON");
}

void require_current_schema(database& db) {
    refuse_foreign_or_newer(db);
    if (schema_version(db) < static_cast<std::int64_t>(migrations().size()))
        throw std::runtime_error(
            fmt::format("{}: has schema {}, older than this lockhub's {}; start the hub once to bring it up to date",
                        db.path(), schema_version(db), migrations().size()));
}

}  // namespace lockhub::storage::sqlite
