#include "storage/sqlite/announcements.hpp"

#include <algorithm>

namespace lockhub::storage::sqlite {

void announcements::note(earliest& hints, std::string_view key, time_point due_at) {
    key_.assign(key);
    const auto [at, added] = hints.try_emplace(key_, due_at);
    if (!added) at->second = std::min(at->second, due_at);
}

std::vector<due_hint> announcements::take(earliest& hints) {
    std::vector<due_hint> out;
    out.reserve(hints.size());
    for (const auto& [key, due_at] : hints) out.push_back({key, due_at});
    // A fixed order, so that a simulation repeats itself.
    std::ranges::sort(out, {}, &due_hint::key);
    hints.clear();
    return out;
}

void announcements::forget() {
    deliveries_.clear();
    commands_.clear();
    inventories_.clear();
    actions_.clear();
}

}  // namespace lockhub::storage::sqlite
