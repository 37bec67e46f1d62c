#include "hub/observe/log.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <iterator>

#include "schemas/core/time.hpp"

namespace lockhub::hub::log {
namespace {

// Set before threads start, read by all of them.
struct settings {
    std::atomic<level> least = level::info;
    std::atomic<format> form = format::text;
    std::atomic<const clock*> time = nullptr;
    std::atomic<int> fd = 2;
};

settings& current() {
    static settings kept;
    return kept;
}

std::string_view name_of(level at) {
    constexpr std::array<std::string_view, 4> names{"debug", "info", "warn", "error"};
    return names[static_cast<std::size_t>(at)];
}

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

// Length of the well-formed UTF-8 sequence at the start of `text` (RFC 3629), 0 when there is none.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto continues = [&byte](std::size_t i) { return byte(i) >= 0x80 && byte(i) <= 0xBF; };
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = lead == 0xED && byte(1) > 0x9F;
        return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const bool overlong = lead == 0xF0 && byte(1) < 0x90;
        const bool too_large = lead == 0xF4 && byte(1) > 0x8F;
        return continues(1) && continues(2) && continues(3) && !overlong && !too_large ? 4 : 0;
    }
    return 0;
}

void append_ascii_escaped(std::string& out, char c, bool in_quotes) {
    if (in_quotes && (c == '"' || c == '\\')) out += '\\';
    switch (c) {
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x20 || code == 0x7F) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
    } else {
        out += c;
    }
}

// What goes into a line may come from any client: control characters (a line break, a terminal's escape sequence) and
// bytes that are no UTF-8 never get out as they are.
void append_escaped(std::string& out, std::string_view text, bool in_quotes = false) {
    while (!text.empty()) {
        const auto length = sequence_length(text);
        const bool c1_control = length == 2 && text[0] == '\xC2' && static_cast<unsigned char>(text[1]) < 0xA0;
        if (length == 1) {
            append_ascii_escaped(out, text.front(), in_quotes);
        } else if (c1_control) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(text[1]));
        } else if (length == 0) {
            out += replacement_character;
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    append_escaped(out, text, true);
    out += '"';
}

bool reads_as_one_word(std::string_view text) {
    return !text.empty() && text.find_first_of(" =\"\\") == std::string_view::npos;
}

template <class AppendText>
void append_value(std::string& out, const field& what, AppendText append_text) {
    if (const auto* text = std::get_if<std::string_view>(&what.value)) {
        append_text(*text);
    } else if (const auto* number = std::get_if<std::int64_t>(&what.value)) {
        fmt::format_to(std::back_inserter(out), "{}", *number);
    } else {
        out += std::get<bool>(what.value) ? "true" : "false";
    }
}

void append_json(std::string& out, level at, std::string_view event, std::string_view message,
                 std::initializer_list<field> fields) {
    out += '{';
    if (const auto* time = current().time.load()) {
        out += R"("time":)";
        append_quoted(out, format_utc(time->now()));
        out += ',';
    }
    out += R"("level":)";
    append_quoted(out, name_of(at));
    out += R"(,"event":)";
    append_quoted(out, event);
    out += R"(,"message":)";
    append_quoted(out, message);
    for (const auto& what : fields) {
        out += ',';
        append_quoted(out, what.name);
        out += ':';
        append_value(out, what, [&out](std::string_view text) { append_quoted(out, text); });
    }
    out += "}\n";
}

void append_text(std::string& out, level at, std::string_view event, std::string_view message,
                 std::initializer_list<field> fields) {
    if (const auto* time = current().time.load()) {
        out += format_utc(time->now());
        out += ' ';
    }
    fmt::format_to(std::back_inserter(out), "{:<5} ", name_of(at));
    append_escaped(out, event);
    out += ": ";
    append_escaped(out, message);
    for (const auto& what : fields) {
        out += ' ';
        append_escaped(out, what.name);
        out += '=';
        append_value(out, what, [&out](std::string_view text) {
            reads_as_one_word(text) ? append_escaped(out, text) : append_quoted(out, text);
        });
    }
    out += '\n';
}

// One write(2) a line, so that lines of different threads do not mix; a log that cannot be written stops nothing.
void put(int fd, std::string_view line) {
    while (!line.empty()) {
        const auto written = ::write(fd, line.data(), line.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        line.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

void configure(level least, format form, const clock* time, int fd) {
    current().least = least;
    current().form = form;
    current().time = time;
    current().fd = fd;
}

bool enabled(level at) {
    return at >= current().least.load(std::memory_order_relaxed);
}

void write(level at, std::string_view event, std::string_view message, std::initializer_list<field> fields) {
    if (!enabled(at)) return;
    thread_local std::string line;
    line.clear();
    if (current().form.load() == format::json) {
        append_json(line, at, event, message, fields);
    } else {
        append_text(line, at, event, message, fields);
    }
    put(current().fd.load(), line);
}

}  // namespace lockhub::hub::log
