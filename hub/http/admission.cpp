#include "hub/http/admission.hpp"

namespace lockhub::hub {

admission::admission(std::size_t max_connections, std::size_t max_per_address)
    : max_connections_(max_connections), max_per_address_(max_per_address) {}

admission::verdict admission::enter(const counted_address& from) {
    if (open_ >= max_connections_) return verdict::full;
    if (from) {
        const auto at = open_by_address_.find(*from);
        const std::size_t already_open = at == open_by_address_.end() ? 0 : at->second;
        if (already_open >= max_per_address_) return verdict::too_many_from_address;
        open_by_address_[*from] = already_open + 1;
    }
    ++open_;
    return verdict::admitted;
}

void admission::leave(const counted_address& from) {
    --open_;
    if (!from) return;
    const auto at = open_by_address_.find(*from);
    if (--at->second == 0) open_by_address_.erase(at);
}

}  // namespace lockhub::hub
