#include "tests/tidy/word_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <span>

namespace lockhub::tidy {
namespace {

using words = std::initializer_list<std::string_view>;

bool is_word_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Finds `word` where no letter of it goes on to the left, and to the right only if it ends in a letter.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
    for (auto at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        const bool whole_left = at == 0 || !is_word_character(text[at - 1]);
        const bool whole_right = end == text.size() || !is_word_character(word.back()) || !is_word_character(text[end]);
        if (whole_left && whole_right) return at;
    }
    return std::string_view::npos;
}

violations find_words(const source_file& file, std::string_view where, words forbidden, std::string_view why) {
    violations found;
    for (const auto word : forbidden) {
        for (auto at = find_word(where, word, 0); at != std::string_view::npos; at = find_word(where, word, at + 1)) {
            found.push_back({file.path, file.line_at(at), fmt::format("'{}': {}", word, why)});
        }
    }
    return found;
}

bool stands_in(std::string_view path, words places) {
    return std::ranges::any_of(places, [&](std::string_view place) { return path.starts_with(place); });
}

// The rules spell out what they forbid.
bool is_a_rule(const source_file& file) {
    return file.path.starts_with("tests/tidy/");
}

}  // namespace

violations nothing_is_detached(const source_file& file) {
    if (is_a_rule(file)) return {};
    return find_words(file, file.code, {"detached", "detach"}, "spawn through a task_group, join threads");
}

violations time_and_randomness_stay_behind_seams(const source_file& file) {
    // The seams themselves; systemd's reload message, which carries the kernel's own stamp; and what waits for or
    // measures a real program.
    if (stands_in(file.path, {"hub/system/system_clock", "hub/system/system_entropy", "hub/system/notify.cpp",
                              "tests/support/", "tests/bench/", "tests/e2e/"})) {
        return {};
    }
    return find_words(
        file, file.code,
        {"system_clock::now", "steady_clock::now", "high_resolution_clock::now", "utc_clock::now", "random_device",
         "rand", "srand", "RAND_bytes", "getrandom", "gettimeofday", "clock_gettime", "std::time"},
        "take a clock or an entropy instead");
}

violations nobody_sleeps(const source_file& file) {
    if (is_a_rule(file)) return {};
    return find_words(file, file.code, {"sleep_for", "sleep_until", "usleep", "nanosleep", "sleep"},
                      "wait for a signal with a deadline");
}

violations sql_stays_in_the_engine(const source_file& file) {
    if (file.path.starts_with("storage/sqlite/") || file.is_test()) return {};
    return find_words(file, file.text, {"INSERT INTO", "DELETE FROM", "CREATE TABLE", "SELECT", "PRAGMA"},
                      "SQL belongs to storage/sqlite/");
}

violations no_select_star(const source_file& file) {
    if (is_a_rule(file)) return {};
    return find_words(file, file.text, {"SELECT *"}, "list the columns");
}

violations no_leftovers(const source_file& file) {
    if (is_a_rule(file)) return {};
    return find_words(file, file.text, {"TODO", "FIXME", "XXX", "HACK"}, "finish it or leave it out");
}

}  // namespace lockhub::tidy
