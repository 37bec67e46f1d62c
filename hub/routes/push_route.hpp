#pragma once
// One URL a lock cloud pushes to: parse and check, store, and only then acknowledge.
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "hub/http/handler.hpp"
#include "schemas/domain/lock_cloud.hpp"
#include "schemas/wire/cidr.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

enum class push_outcome_kind : std::uint8_t { stored, repeated, unparsable, unauthentic, forbidden_source, not_stored };
inline constexpr std::size_t push_outcome_kind_count = 6;
std::string_view to_string(push_outcome_kind kind);

// What became of one push, for metrics and the traffic log. Views are good during the call.
struct push_report {
    const account_id& account;
    push_outcome_kind outcome;
    std::string_view name;  // event or service; "" when it could not be read
    std::string_view device_uuid;
    std::uint32_t records = 0;
    std::string_view why;  // of a refusal; no secrets
};
using push_observer = std::function<void(const push_report&)>;

class push_route final : public handler {
  public:
    struct parts {
        std::shared_ptr<const lock_cloud> cloud;
        push_endpoint endpoint;
        wire::cidr_list allow_from;       // empty: anyone
        storage::store* store = nullptr;  // must outlive the route
        push_observer observe;
    };
    explicit push_route(parts parts);

    // 200 stored or repeated · 400 unparsable · 401 unauthentic · 403 source not allowed · 503 not stored.
    task<void> handle(const request& in, response& out) override;

  private:
    bool source_allowed(std::string_view address) const;
    void refuse(response& out, const error& why, push_outcome_kind outcome, int status) const;

    parts parts_;
};

}  // namespace lockhub::hub
