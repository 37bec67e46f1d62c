#include "schemas/core/suggestions.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace lockhub {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

std::string_view suggest(std::string_view unknown, std::span<const std::string_view> known) {
    // A whole configuration line pasted as a key costs nothing to refuse here.
    constexpr std::size_t longest = 64;
    if (unknown.size() > longest) return {};
    std::string_view nearest;
    std::size_t nearest_distance = 0;
    for (const auto name : known) {
        const std::size_t distance = edit_distance(unknown, name);
        if (distance > std::max<std::size_t>(2, name.size() / 3) || distance >= name.size()) continue;
        if (nearest.empty() || distance < nearest_distance) {
            nearest = name;
            nearest_distance = distance;
        }
    }
    return nearest;
}

std::string did_you_mean(std::string_view unknown, std::span<const std::string_view> known) {
    const auto nearest = suggest(unknown, known);
    return nearest.empty() ? std::string() : ", did you mean '" + std::string(nearest) + "'?";
}

}  // namespace lockhub
