#include "hub/http/router.hpp"

#include <algorithm>
#include <stdexcept>

namespace lockhub::hub {
namespace {

bool takes(const route& at, std::string_view method) {
    if (std::ranges::find(at.methods, method) != at.methods.end()) return true;
    return method == "HEAD" && std::ranges::find(at.methods, "GET") != at.methods.end();
}

std::string allow_of(const route& at) {
    std::string text;
    for (const auto& method : at.methods) {
        if (!text.empty()) text += ", ";
        text += method;
        if (method == "GET" && std::ranges::find(at.methods, "HEAD") == at.methods.end()) text += ", HEAD";
    }
    return text;
}

}  // namespace

router::router(std::vector<route> routes) {
    for (auto& given : routes) {
        auto owned = std::make_unique<route>(std::move(given));
        owned->allow = allow_of(*owned);
        if (!exact_.emplace(owned->path, owned.get()).second)
            throw std::invalid_argument("two routes have the path " + owned->path);
        if (owned->path.ends_with('*')) prefixes_.push_back(owned.get());
        routes_.push_back(std::move(owned));
    }
    // The star itself is no path a request could name.
    for (const auto* prefix : prefixes_) exact_.erase(prefix->path);
    std::ranges::sort(prefixes_, std::greater(), [](const route* at) { return at->path.size(); });
}

router::match router::find(std::string_view method, std::string_view path) const {
    const route* found = nullptr;
    if (const auto at = exact_.find(path); at != exact_.end()) {
        found = at->second;
    } else {
        const auto at_prefix = std::ranges::find_if(prefixes_, [path](const route* candidate) {
            const auto prefix = std::string_view(candidate->path).substr(0, candidate->path.size() - 1);
            return path.size() > prefix.size() && path.starts_with(prefix);
        });
        if (at_prefix != prefixes_.end()) found = *at_prefix;
    }
    if (found == nullptr) return no_such_path{};
    if (!takes(*found, method)) return method_not_allowed{found};
    return found;
}

}  // namespace lockhub::hub
