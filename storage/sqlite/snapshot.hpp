#pragma once
#include <string>
#include <utility>

#include "schemas/core/result.hpp"
#include "storage/sqlite/database.hpp"

namespace lockhub::storage::sqlite {

// Runs `read` in one read transaction: all its statements see the same moment. What the engine throws comes back as
// unavailable.
template <class Read>
auto on_snapshot(database& db, Read read) -> result<decltype(read())> {
    try {
        db.execute("BEGIN");
        auto out = read();
        db.execute("COMMIT");
        return out;
    } catch (const engine_failure& why) {
        try {
            db.roll_back_if_open();
        } catch (const engine_failure& second) {
            // The connection reads only: there is nothing that could be half done.
            return fail(errc::unavailable, std::string(why.what()) + "; " + second.what());
        }
        return fail(errc::unavailable, why.what());
    }
}

}  // namespace lockhub::storage::sqlite
