#pragma once
// One line an event: plain text on a terminal, JSON lines otherwise. Fields are typed; secrets have no formatter, so
// they cannot get here by accident. Any thread; a line is written with one write(2).
#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "schemas/core/clock.hpp"

namespace lockhub::hub::log {

enum class level { debug, info, warn, error };
enum class format { text, json };

struct field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, bool> value;

    field(std::string_view n, std::string_view v) : name(n), value(v) {}
    field(std::string_view n, const std::string& v) : name(n), value(std::string_view(v)) {}
    field(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
    field(std::string_view n, bool v) : name(n), value(v) {}
    template <std::integral Integer>
    field(std::string_view n, Integer v) : name(n), value(static_cast<std::int64_t>(v)) {}
};

// Before threads start. `fd` is where lines go (2 by default). Without a clock lines carry no time.
void configure(level least, format form, const clock* time, int fd = 2);
bool enabled(level at);
// `event` is a short fixed name ("push.stored"), `message` a sentence.
void write(level at, std::string_view event, std::string_view message, std::initializer_list<field> fields = {});

inline void debug(std::string_view event, std::string_view message, std::initializer_list<field> fields = {}) {
    write(level::debug, event, message, fields);
}
inline void info(std::string_view event, std::string_view message, std::initializer_list<field> fields = {}) {
    write(level::info, event, message, fields);
}
inline void warn(std::string_view event, std::string_view message, std::initializer_list<field> fields = {}) {
    write(level::warn, event, message, fields);
}
inline void error(std::string_view event, std::string_view message, std::initializer_list<field> fields = {}) {
    write(level::error, event, message, fields);
}

}  // namespace lockhub::hub::log
