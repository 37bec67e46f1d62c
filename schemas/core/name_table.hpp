#pragma once
// The names of an enumeration's values, in its order: what is written to the database, to metrics and to operators.
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace lockhub {

template <class Enum, Enum last>
struct name_table {
    std::array<std::string_view, static_cast<std::size_t>(std::to_underlying(last)) + 1> names;

    constexpr std::string_view of(Enum value) const { return names.at(static_cast<std::size_t>(value)); }
    constexpr std::optional<Enum> find(std::string_view name) const {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] == name) return static_cast<Enum>(i);
        }
        return std::nullopt;
    }
    // A name forgotten at the end would be an empty one.
    constexpr bool whole() const { return !names.back().empty(); }
};

}  // namespace lockhub
