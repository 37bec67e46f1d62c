#pragma once
// Which known name somebody may have meant by an unknown one.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace lockhub {

// Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The nearest known name, "" when none is near: at most a third of its letters (two at least) may differ.
std::string_view suggest(std::string_view unknown, std::span<const std::string_view> known);

// ", did you mean 'listen'?", or "" without a suggestion.
std::string did_you_mean(std::string_view unknown, std::span<const std::string_view> known);

}  // namespace lockhub
