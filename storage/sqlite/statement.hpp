#pragma once
// A prepared statement that is kept, and the rows it yields. Texts and blobs are bound without a copy: they must live
// until the rows are gone. A temporary std::string as a parameter of `query` does not compile for that reason.
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "schemas/core/time.hpp"
#include "storage/sqlite/database.hpp"

struct sqlite3_stmt;

namespace lockhub::storage::sqlite {

struct blob {
    std::string_view bytes;
    static blob of(std::span<const std::byte> s) { return {{reinterpret_cast<const char*>(s.data()), s.size()}}; }
};

using bound_value = std::variant<std::int64_t, std::string>;

// The rows of one run. Resets its statement when it goes; one at a time for each statement. Texts and blobs are valid
// until the next call of next().
class rows {
  public:
    explicit rows(sqlite3_stmt* running) : statement_(running) {}
    ~rows();
    rows(const rows&) = delete;
    rows& operator=(const rows&) = delete;

    bool next();  // false after the last row; throws sqlite_error

    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;  // of a blob: its bytes
    std::string string(int column) const { return std::string(text(column)); }
    bool flag(int column) const { return integer(column) != 0; }
    time_point time(int column) const { return from_unix_ms(integer(column)); }  // epoch for NULL
    std::optional<time_point> optional_time(int column) const;
    std::optional<std::int64_t> optional_integer(int column) const;

  private:
    sqlite3_stmt* statement_;
};

class statement {
  public:
    statement(database& db, std::string_view sql);
    ~statement();
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    template <class... Values>
    rows query(Values&&... values) {
        static_assert((!std::is_same_v<Values, std::string> && ...),
                      "a temporary text would be gone before the rows are");
        bind_all(values...);
        return rows(statement_);
    }

    // For statements whose conditions depend on what an operator asks for.
    rows query_values(std::span<const bound_value> values);

    // Runs to the end; how many rows it changed.
    template <class... Values>
    std::int64_t run(const Values&... values) {
        bind_all(values...);
        return run_bound();
    }

  private:
    template <class... Values>
    void bind_all(const Values&... values) {
        require_count(static_cast<int>(sizeof...(Values)));
        int index = 0;
        (bind(++index, values), ...);
    }
    template <std::integral Integer>
    void bind(int index, Integer value) {
        bind_integer(index, static_cast<std::int64_t>(value));
    }
    void bind(int index, time_point value) { bind_integer(index, to_unix_ms(value)); }
    void bind(int index, std::string_view value) { bind_text(index, value); }
    void bind(int index, const std::string& value) { bind_text(index, value); }
    void bind(int index, const char* value) { bind_text(index, value); }
    void bind(int index, blob value) { bind_blob(index, value.bytes); }
    void bind(int index, std::nullopt_t) { bind_null(index); }
    template <class T>
    void bind(int index, const std::optional<T>& value) {
        value ? bind(index, *value) : bind_null(index);
    }

    void require_count(int given) const;
    void bind_integer(int index, std::int64_t value);
    void bind_text(int index, std::string_view value);
    void bind_blob(int index, std::string_view value);
    void bind_null(int index);
    std::int64_t run_bound();

    sqlite3_stmt* statement_ = nullptr;
    int parameters_ = 0;
};

}  // namespace lockhub::storage::sqlite
