// The forms in which one room is written.
#include <algorithm>
#include <array>
#include <optional>

#include "schemas/core/utf8.hpp"
#include "schemas/domain/room_matching.hpp"

namespace lockhub {

namespace {

// After the number of a building or unit. Longer ones first.
constexpr std::array<std::string_view, 5> building_words{"号楼", "单元", "栋", "幢", "座"};
constexpr std::array<std::string_view, 2> floor_words{"楼", "层"};
constexpr std::array<std::string_view, 10> last_words{"智能锁", "门锁", "房间", "客房", "房门",
                                                      "锁",     "门",   "房",   "室",   "号"};
constexpr std::array<std::string_view, 5> first_words{"房间号", "房间", "客房", "房号", "房"};
constexpr std::array<std::string_view, 3> first_latin{"ROOM", "RM", "NO"};
constexpr std::array<std::string_view, 9> numerals{"一", "二", "三", "四", "五", "六", "七", "八", "九"};
constexpr std::array<std::string_view, 6> wide_separators{"—", "–", "·", "、", "～", "－"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z');
}
bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

// Full-width forms (U+FF01 to U+FF5E, U+3000) as plain ones, and capitals.
std::string plain(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto length = std::max<std::size_t>(utf8_sequence_length(text), 1);
        const auto character = text.substr(0, length);
        text.remove_prefix(length);
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
        if (character == "\u3000") {
            out += ' ';
        } else if (length == 3 && byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD)) {
            const unsigned code = (byte(1) == 0xBC ? 0x20U : 0x60U) + (byte(2) - 0x80U);
            out += code > 0x20 && code < 0x7F ? std::string(1, static_cast<char>(code)) : std::string(character);
        } else {
            out += character;
        }
    }
    for (char& c : out) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return out;
}

template <class Words>
std::optional<std::string_view> starts_with_one(std::string_view text, const Words& words) {
    const auto found = std::ranges::find_if(words, [&](std::string_view word) { return text.starts_with(word); });
    return found == words.end() ? std::nullopt : std::optional<std::string_view>(*found);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string_view without_words(std::string_view text) {
    text = trimmed(text);
    if (const auto word = starts_with_one(text, first_words)) text = trimmed(text.substr(word->size()));
    if (const auto word = starts_with_one(text, first_latin)) {
        const auto rest = text.substr(word->size());
        const auto number = rest.find_first_not_of(" .:#-");
        if (number != std::string_view::npos && is_digit(rest[number])) text = rest.substr(number);
    }
    for (bool shorter = true; shorter;) {
        shorter = false;
        for (const auto word : last_words) {
            if (!text.ends_with(word) || text.size() == word.size()) continue;
            text = trimmed(text.substr(0, text.size() - word.size()));
            shorter = true;
        }
    }
    return text;
}

struct part {
    std::string text;
    bool floor = false;
};

class splitter {
  public:
    explicit splitter(std::string_view text) : rest_(text) {}

    std::vector<part> run() {
        while (!rest_.empty()) {
            if (is_alphanumeric(rest_[0])) {
                take(1);
            } else if (!numeral() && !word() && !separator()) {
                take(std::max<std::size_t>(utf8_sequence_length(rest_), 1));
            }
        }
        end_part(false);
        return std::move(parts_);
    }

  private:
    void take(std::size_t bytes) {
        open_ += rest_.substr(0, bytes);
        rest_.remove_prefix(bytes);
    }

    void end_part(bool floor) {
        // "3F" before a room number is a floor as 3楼 is.
        if (open_.size() > 1 && open_.back() == 'F' && is_number(std::string_view(open_).substr(0, open_.size() - 1)) &&
            !rest_.empty()) {
            open_.pop_back();
            floor = true;
        }
        if (!open_.empty()) parts_.push_back({std::move(open_), floor});
        open_.clear();
    }

    // 三 of 三楼.
    bool numeral() {
        for (std::size_t i = 0; i < numerals.size(); ++i) {
            if (!rest_.starts_with(numerals[i])) continue;
            const auto after = rest_.substr(numerals[i].size());
            if (!starts_with_one(after, building_words) && !starts_with_one(after, floor_words)) return false;
            open_ += static_cast<char>('1' + static_cast<int>(i));
            rest_ = after;
            return true;
        }
        return false;
    }

    bool word() {
        if (open_.empty()) return false;
        if (const auto building = starts_with_one(rest_, building_words)) {
            rest_.remove_prefix(building->size());
            end_part(false);
            return true;
        }
        if (const auto floor = starts_with_one(rest_, floor_words)) {
            rest_.remove_prefix(floor->size());
            end_part(true);
            return true;
        }
        return false;
    }

    bool separator() {
        std::size_t bytes = std::string_view(" \t-_/.#,:()~").contains(rest_[0]) ? 1 : 0;
        if (const auto wide = starts_with_one(rest_, wide_separators)) bytes = wide->size();
        if (bytes == 0) return false;
        rest_.remove_prefix(bytes);
        end_part(false);
        return true;
    }

    std::string_view rest_;
    std::string open_;
    std::vector<part> parts_;
};

}  // namespace

std::string room_key(std::string_view name) {
    const std::string text = plain(name);
    const auto parts = splitter(without_words(text)).run();
    std::string key;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool said_again = parts[i].floor && i + 1 < parts.size() &&
                                parts[i + 1].text.size() > parts[i].text.size() &&
                                parts[i + 1].text.starts_with(parts[i].text);
        if (!said_again) key += parts[i].text;
    }
    return key;
}

}  // namespace lockhub
