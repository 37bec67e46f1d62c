#include "schemas/wire/json_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "schemas/core/limits.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/wire/number.hpp"

namespace lockhub::wire {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t quoted_name_bytes = 40;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word_part(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' || c == '.';
}

class json_checker {
  public:
    explicit json_checker(std::string_view text) : text_(text) {}

    std::optional<json_fault> run() {
        while (!fault_ && wanted_ != want::nothing) step();
        if (!fault_) {
            skip_blanks();
            if (at_ < text_.size()) expect("nothing after the document");
        }
        return std::move(fault_);
    }

  private:
    enum class want { value, value_or_end, name, name_or_end, colon, next, nothing };
    struct level {
        bool object = false;
        std::string_view name;  // of the member that was read last
    };

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_blanks() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").contains(text_[at_])) ++at_;
    }

    void step() {
        skip_blanks();
        switch (wanted_) {
            case want::value:
                return read_value(place("a value"));
            case want::value_or_end:
                return peek() == ']' ? leave() : read_value(place("a value or ']'"));
            case want::name:
                return read_name("the name of a member in '\"'");
            case want::name_or_end:
                return peek() == '}' ? leave() : read_name("the name of a member in '\"', or '}'");
            case want::colon:
                if (peek() != ':') return expect(fmt::format("':' after \"{}\"", name_of(levels_.back())));
                ++at_;
                wanted_ = want::value;
                return;
            case want::next:
                return read_next();
            case want::nothing:
                return;
        }
    }

    void read_next() {
        const auto& inner = levels_.back();
        const char end = inner.object ? '}' : ']';
        if (peek() == end) return leave();
        if (peek() != ',') return expect(place(fmt::format("',' or '{}'", end)));
        ++at_;
        wanted_ = inner.object ? want::name : want::value;
    }

    void read_name(std::string_view expected) {
        if (peek() != '"') return expect(std::string(expected));
        const std::size_t begin = at_ + 1;
        read_string();
        if (fault_) return;
        levels_.back().name = text_.substr(begin, at_ - begin - 1);
        wanted_ = want::colon;
    }

    void read_value(std::string expected) {
        const char first = peek();
        if (at_ < text_.size() && (first == '{' || first == '[')) return enter(first == '{');
        if (at_ < text_.size() && first == '"') {
            read_string();
        } else {
            read_word(std::move(expected));
        }
        if (!fault_) ended_value();
    }

    // A number, true, false or null.
    void read_word(std::string expected) {
        std::size_t end = at_;
        while (end < text_.size() && is_word_part(text_[end])) ++end;
        const auto word = text_.substr(at_, end - at_);
        const bool good = word == "true" || word == "false" || word == "null" || is_json_number(word);
        if (!good) return expect(std::move(expected));
        at_ = end;
    }

    void enter(bool object) {
        if (levels_.size() >= limits::json_depth)
            return expect(fmt::format("{} levels of nesting at most", limits::json_depth));
        levels_.push_back({object, {}});
        ++at_;
        wanted_ = object ? want::name_or_end : want::value_or_end;
    }

    void leave() {
        ++at_;
        levels_.pop_back();
        ended_value();
    }

    void ended_value() { wanted_ = levels_.empty() ? want::nothing : want::next; }

    void read_string() {
        ++at_;
        for (;;) {
            if (at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r') return expect("'\"' to close a text");
            const char c = text_[at_];
            if (c == '"') {
                ++at_;
                return;
            }
            if (c == '\\') {
                read_escape();
            } else if (static_cast<unsigned char>(c) < 0x20) {
                expect("no control character within a text");
            } else if (const auto length = utf8_sequence_length(text_.substr(at_)); length != 0) {
                at_ += length;
            } else {
                expect("UTF-8");
            }
            if (fault_) return;
        }
    }

    void read_escape() {
        const auto rest = text_.substr(at_ + 1);
        if (rest.starts_with('u')) {
            const auto digits = rest.substr(1, 4);
            const bool hexadecimal = digits.size() == 4 && std::ranges::all_of(digits, [](char c) {
                                         return std::isxdigit(static_cast<unsigned char>(c)) != 0;
                                     });
            if (!hexadecimal) return expect("four hexadecimal digits after \\u");
            at_ += 6;
            return;
        }
        if (rest.empty() || !std::string_view("\"\\/bfnrt").contains(rest[0])) return expect("an escape that JSON has");
        at_ += 2;
    }

    static std::string name_of(const level& inner) {
        return std::string(clip_utf8(inner.name, quoted_name_bytes)) +
               (inner.name.size() > quoted_name_bytes ? "…" : "");
    }

    // With the name of the member it is about, where there is one.
    std::string place(std::string what) const {
        if (levels_.empty() || !levels_.back().object || levels_.back().name.empty()) return what;
        return fmt::format("{} {} \"{}\"", what, wanted_ == want::next ? "after the value of" : "for",
                           name_of(levels_.back()));
    }

    std::string found() const {
        if (at_ >= text_.size()) return "the end of the text";
        const auto rest = text_.substr(at_);
        if (rest[0] == '\n' || rest[0] == '\r') return "the end of the line";
        if (rest.starts_with("//") || rest.starts_with("/*")) return "a comment, which JSON does not have";
        const auto length = utf8_sequence_length(rest);
        const auto byte = static_cast<unsigned char>(rest[0]);
        if (length == 0 || byte < 0x20 || byte == 0x7F) return fmt::format("the byte 0x{:02X}", byte);
        return fmt::format("'{}'", rest.substr(0, length));
    }

    void expect(std::string what) {
        const auto before = text_.substr(0, at_);
        const auto line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
        json_fault fault;
        fault.line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
        fault.column = 1 + static_cast<std::size_t>(std::ranges::count_if(before.substr(line_begin),
                                                                          [](char c) { return (c & 0xC0) != 0x80; }));
        fault.expected = std::move(what);
        fault.found = found();
        fault_ = std::move(fault);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    want wanted_ = want::value;
    std::vector<level> levels_;
    std::optional<json_fault> fault_;
};

}  // namespace

std::string json_fault::text() const {
    return fmt::format("line {}, column {}: expected {}, found {}", line, column, expected, found);
}

std::optional<json_fault> find_json_fault(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    return json_checker(text).run();
}

}  // namespace lockhub::wire
