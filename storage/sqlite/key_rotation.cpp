#include "storage/key_rotation.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <vector>

#include "storage/sqlite/audit_table.hpp"
#include "storage/sqlite/lock_file.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/seal_contexts.hpp"
#include "storage/sqlite/seal_proof.hpp"
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage {

namespace {

using namespace sqlite;

constexpr std::size_t step_rows = 500;
constexpr std::size_t biometric_step_rows = 8;  // a picture is large

// One sealed value; `key` is what its table finds it by.
struct sealed_value {
    std::string key;
    std::string context;
    std::string sealed;
};

class resealing {
  public:
    resealing(database& db, sealing& from, sealing& to) : db_(db), from_(from), to_(to) {}

    std::uint64_t pins() {
        statement next(db_, R"(
SELECT action_id, sealed_pin FROM actions WHERE action_id > ? AND sealed_pin IS NOT NULL ORDER BY action_id LIMIT ?)");
        statement save(db_, "UPDATE actions SET sealed_pin = ? WHERE action_id = ?");
        return in_steps("action", save, std::string(), [&](const std::string& after, std::vector<sealed_value>& out) {
            for (auto row = next.query(after, step_rows); row.next();)
                out.push_back({row.string(0), row.string(0), row.string(1)});
        });
    }

    std::uint64_t biometrics() {
        statement next(db_, "SELECT action_id, sealed FROM biometrics WHERE action_id > ? ORDER BY action_id LIMIT ?");
        statement save(db_, "UPDATE biometrics SET sealed = ? WHERE action_id = ?");
        return in_steps("biometric of action", save, std::string(),
                        [&](const std::string& after, std::vector<sealed_value>& out) {
                            for (auto row = next.query(after, biometric_step_rows); row.next();)
                                out.push_back({row.string(0), biometric_context(row.text(0)), row.string(1)});
                        });
    }

    std::uint64_t tokens() {
        statement next(db_, "SELECT account, sealed_token FROM tokens WHERE account > ? ORDER BY account LIMIT ?");
        statement save(db_, "UPDATE tokens SET sealed_token = ? WHERE account = ?");
        return in_steps("token of", save, std::string(), [&](const std::string& after, std::vector<sealed_value>& out) {
            for (auto row = next.query(after, step_rows); row.next();)
                out.push_back({row.string(0), token_context(row.text(0)), row.string(1)});
        });
    }

    std::uint64_t pushes() {
        statement next(db_, R"(
SELECT push_id, account, body FROM inbox WHERE push_id > CAST(? AS INTEGER) AND sealed = 1 ORDER BY push_id LIMIT ?)");
        statement save(db_, "UPDATE inbox SET body = ? WHERE push_id = CAST(? AS INTEGER)");
        return in_steps("push", save, "0", [&](const std::string& after, std::vector<sealed_value>& out) {
            for (auto row = next.query(after, step_rows); row.next();)
                out.push_back({row.string(0), push_context(row.text(1)), row.string(2)});
        });
    }

  private:
    // Step by step, because a cursor on a table that is being written may miss rows or meet them twice.
    template <class Read>
    std::uint64_t in_steps(std::string_view what, statement& save, std::string after, Read read) {
        std::uint64_t total = 0;
        std::vector<sealed_value> values;
        do {
            values.clear();
            read(after, values);
            for (const auto& value : values) {
                const auto sealed = again(what, value);
                save.run(blob{sealed}, value.key);
            }
            total += values.size();
            if (!values.empty()) after = values.back().key;
        } while (!values.empty());
        return total;
    }

    std::string again(std::string_view what, const sealed_value& value) {
        if (!from_.opens(value.sealed, value.context))
            throw std::runtime_error(
                fmt::format("{}: {} {} does not open with the present key", db_.path(), what, value.key));
        return to_.seal(from_.open(value.sealed, value.context).reveal(), value.context);
    }

    database& db_;
    sealing& from_;
    sealing& to_;
};

std::unique_ptr<database> open_existing(const std::filesystem::path& path) {
    try {
        auto db = std::make_unique<database>(path.string(), database::mode::read_write_create);
        migrate(*db);
        return db;
    } catch (const engine_failure& why) {
        throw std::runtime_error(fmt::format("{}: {}", path.string(), why.what()));
    }
}

class sqlite_key_rotation final : public key_rotation {
  public:
    explicit sqlite_key_rotation(const std::filesystem::path& path) : lock_(path), db_(open_existing(path)) {}

    bool fits(const secret& key) override { return try_seal_key(*db_, wire::sealer(key)) != seal_fit::other_key; }
    resealed reseal(const secret& from, const secret& to, entropy& random, time_point now,
                    std::string_view actor) override;
    bool rewrite() override;

  private:
    lock_file lock_;
    std::unique_ptr<database> db_;
};

resealed sqlite_key_rotation::reseal(const secret& from_key, const secret& to_key, entropy& random, time_point now,
                                     std::string_view actor) {
    sealing from(from_key, random);
    sealing to(to_key, random);
    check_seal_key(*db_, from);
    resealed done;
    db_->execute("BEGIN IMMEDIATE");
    try {
        resealing work(*db_, from, to);
        done.pins = work.pins();
        done.biometrics = work.biometrics();
        done.tokens = work.tokens();
        done.pushes = work.pushes();
        write_seal_proof(*db_, to);
        audit_table(*db_).add(now, actor, "rotate_seal_key", "everything sealed", "",
                              done.pins + done.biometrics + done.tokens + done.pushes);
        db_->execute("COMMIT");
    } catch (...) {
        db_->roll_back_if_open();
        throw;
    }
    return done;
}

bool sqlite_key_rotation::rewrite() {
    // A copy of a large file does not belong into memory.
    db_->execute("PRAGMA temp_store = FILE");
    db_->execute("VACUUM");
    db_->checkpoint(database::checkpoint_mode::truncate);
    std::error_code ec;
    const auto left = std::filesystem::file_size(db_->path() + "-wal", ec);
    return ec || left == 0;
}

}  // namespace

result<bool> seal_key_fits(const std::filesystem::path& path, const secret& key) {
    std::error_code ec;
    if (!std::filesystem::exists(path, ec) || std::filesystem::file_size(path, ec) == 0)
        return fail(errc::not_found, fmt::format("{}: no database there", path.string()));
    try {
        database db(path.string(), database::mode::read_only);
        return try_seal_key(db, wire::sealer(key)) != seal_fit::other_key;
    } catch (const engine_failure& why) {
        return fail(errc::unavailable, fmt::format("{}: {}", path.string(), why.what()));
    }
}

std::unique_ptr<key_rotation> begin_key_rotation(const std::filesystem::path& path) {
    std::error_code ec;
    if (!std::filesystem::exists(path, ec)) throw std::runtime_error(fmt::format("{}: no such file", path.string()));
    return std::make_unique<sqlite_key_rotation>(path);
}

}  // namespace lockhub::storage
