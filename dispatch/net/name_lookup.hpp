#pragma once
// Host names to addresses. getaddrinfo blocks, so it runs on a few threads of its own; one slow name server delays the
// calls to its names alone, and calls for one name share one look-up. Nothing is cached beyond that.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/net/wake_signal.hpp"
#include "schemas/core/result.hpp"
#include "schemas/wire/cidr.hpp"

namespace lockhub::dispatch {

using lookup_result = result<std::vector<wire::ip_address>>;
using lookup_function = std::function<lookup_result(const std::string& host)>;

// The system's resolver. Any thread; blocks.
lookup_result system_lookup(const std::string& host);

class name_lookup {
  public:
    // `lookup` runs on the look-up threads, several at a time.
    name_lookup(executor where, lookup_function lookup);
    ~name_lookup();  // waits for look-ups under way: they cannot be interrupted

    // nullopt when `signal` was set by somebody else before the answer came. Fails with unavailable when too many
    // look-ups wait already. `signal` must outlive the call; nobody else waits on it.
    task<std::optional<lookup_result>> find(std::string host, wake_signal& signal);

  private:
    struct shared;
    std::shared_ptr<shared> shared_;
};

}  // namespace lockhub::dispatch
