#include "hub/config/section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <tuple>

#include "hub/config/durations.hpp"
#include "schemas/core/suggestions.hpp"

namespace lockhub::hub {

std::vector<config_problem> problem_list::sorted() const {
    std::vector<std::size_t> order(found_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::tuple(found_[i].at.source, found_[i].at.line, i); });
    std::vector<config_problem> out;
    for (const auto i : order) out.push_back({found_[i].at.text(), found_[i].what});
    return out;
}

section::section(const setting& table, std::string_view title, problem_list& problems)
    : table_(table), title_(title), problems_(problems) {}

const setting* section::take(std::string_view key) {
    known_.push_back(key);
    return table_.find(key);
}

const setting* section::take(std::string_view key, setting::kind wanted) {
    const setting* found = take(key);
    if (found == nullptr || found->type == wanted) return found;
    if (found->from_environment && wanted == setting::kind::list) {
        problems_.add(found->at, fmt::format("'{}' is a list: it can be set in the file only", key));
    } else {
        problems_.add(found->at,
                      fmt::format("'{}' must be {}, this is {}", key, describe(wanted), describe(found->type)));
    }
    return nullptr;
}

bool section::read(std::string_view key, std::string& into) {
    const setting* found = take(key, setting::kind::text);
    if (found == nullptr) return false;
    into = found->text;
    return true;
}

bool section::read(std::string_view key, bool& into) {
    const setting* given = table_.find(key);
    if (given != nullptr && given->from_environment) {
        known_.push_back(key);
        if (given->text != "true" && given->text != "false") {
            problems_.add(given->at, fmt::format("'{}' must be true or false", key));
            return false;
        }
        into = given->text == "true";
        return true;
    }
    const setting* found = take(key, setting::kind::boolean);
    if (found == nullptr) return false;
    into = found->boolean;
    return true;
}

bool section::read(std::string_view key, std::filesystem::path& into) {
    std::string text;
    if (!read(key, text)) return false;
    if (text.empty()) {
        problem(key, fmt::format("'{}' is empty: write a path, or leave the key out", key));
        return false;
    }
    into = text;
    return true;
}

bool section::read(std::string_view key, duration& into, duration least, duration most) {
    std::string text;
    if (!read(key, text)) return false;
    const auto parsed = parse_duration(text);
    if (!parsed) {
        problem(key, fmt::format("'{}' must be a duration such as \"30s\", \"5m\", \"6h\" or \"180d\"", key));
        return false;
    }
    if (*parsed < least || *parsed > most) {
        problem(key, fmt::format("'{}' must be {} at least and {} at most", key, write_duration(least),
                                 write_duration(most)));
        return false;
    }
    into = *parsed;
    return true;
}

bool section::read(std::string_view key, std::size_t& into, std::size_t least, std::size_t most) {
    const setting* found = take(key);
    if (found == nullptr) return false;
    std::int64_t number = found->integer;
    bool whole = found->type == setting::kind::integer;
    if (found->from_environment) {
        const auto& text = found->text;
        const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
        whole = ec == std::errc{} && end == text.data() + text.size();
    }
    if (!whole) {
        problems_.add(found->at, fmt::format("'{}' must be a whole number", key));
        return false;
    }
    if (number < 0 || static_cast<std::size_t>(number) < least || static_cast<std::size_t>(number) > most) {
        problems_.add(found->at, fmt::format("'{}' must be {} at least and {} at most", key, least, most));
        return false;
    }
    into = static_cast<std::size_t>(number);
    return true;
}

bool section::read(std::string_view key, std::vector<std::string>& into) {
    const setting* found = take(key, setting::kind::list);
    if (found == nullptr) return false;
    std::vector<std::string> texts;
    for (const auto& item : found->items) {
        if (item.type != setting::kind::text) {
            problems_.add(item.at, fmt::format("'{}' must be a list of texts, this is {}", key, describe(item.type)));
            return false;
        }
        texts.push_back(item.text);
    }
    into = std::move(texts);
    return true;
}

std::vector<const setting*> section::tables(std::string_view key) {
    std::vector<const setting*> found;
    const setting* list = take(key);
    if (list == nullptr) return found;
    const auto is_table = [](const setting& item) { return item.type == setting::kind::table; };
    if (list->type != setting::kind::list || !std::ranges::all_of(list->items, is_table)) {
        problems_.add(list->at, fmt::format("'{}' must be a list of sections, with two brackets each", key));
        return found;
    }
    for (const auto& item : list->items) found.push_back(&item);
    return found;
}

bool section::require(std::string_view key, std::string& into) {
    const bool absent = !has(key);
    if (absent) problems_.add(at(), fmt::format("{} needs '{}'", title_, key));
    if (!read(key, into)) return false;
    if (into.empty()) problem(key, fmt::format("'{}' is empty", key));
    return !into.empty();
}

const place& section::at(std::string_view key) const {
    const setting* found = table_.find(key);
    return found == nullptr ? table_.at : found->at;
}

place section::item_at(std::string_view key, std::size_t index) const {
    const setting* found = table_.find(key);
    if (found == nullptr || index >= found->items.size()) return at(key);
    return found->items[index].at;
}

void section::finish() {
    for (const auto& [key, value] : table_.members) {
        if (std::ranges::find(known_, key) != known_.end()) continue;
        problems_.add(value.at, fmt::format("unknown key '{}'{}", key, did_you_mean(key, known_)));
    }
}

}  // namespace lockhub::hub
