#pragma once
// How many connections may be open, in all and from one address. Pure bookkeeping.
#include <cstddef>
#include <map>
#include <optional>

#include "schemas/wire/cidr.hpp"

namespace lockhub::hub {

class admission {
  public:
    enum class verdict { admitted, full, too_many_from_address };

    // What is counted against the bound of one address; nullopt for peers behind which many clients stand (a trusted
    // proxy, the unix socket): they count for the whole only.
    using counted_address = std::optional<wire::ip_address>;

    admission(std::size_t max_connections, std::size_t max_per_address);

    // Each `admitted` is given back with one leave() of the same address.
    verdict enter(const counted_address& from);
    void leave(const counted_address& from);

    std::size_t open() const { return open_; }

  private:
    std::size_t max_connections_;
    std::size_t max_per_address_;
    std::size_t open_ = 0;
    std::map<wire::ip_address, std::size_t> open_by_address_;  // only addresses with open connections
};

}  // namespace lockhub::hub
