#pragma once
// Maps by text that can be searched with a view, without making a string.
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace lockhub::dispatch {

struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

template <class Value>
using map_by_text = std::unordered_map<std::string, Value, text_hash, std::equal_to<>>;

}  // namespace lockhub::dispatch
