#pragma once
// What store.hpp says of deliveries to PMS systems.
#include <cstdint>
#include <string>
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/core/time.hpp"
#include "schemas/domain/delivery.hpp"

namespace lockhub::storage {

struct delivery_lease_request {
    std::string owner;
    duration lease{};
    struct share {
        pms_id pms;
        std::size_t limit = 0;
    };
    std::vector<share> shares;
};

struct leased_delivery {
    delivery_id id;
    std::int64_t lease_token = 0;
    pms_id pms;
    delivery_kind kind = delivery_kind::event;
    std::string payload;        // without version, pmsId and hmac
    std::uint32_t attempt = 0;  // this one included
    time_point created_at{};
};

struct delivery_settlement {
    delivery_id id;
    std::int64_t lease_token = 0;
    delivery_state next = delivery_state::delivered;  // ready, delivered, held or dead
    time_point due_at{};                              // of ready
    bool count_attempt = true;                        // false: interrupted by a stop, or held back before sending
    time_point started_at{};
    time_point finished_at{};
    error_class why = error_class::none;
    int http_status = 0;
    std::string message;   // bounded, no secrets
    std::string response;  // copy, at most limits::response_copy_bytes
};

// When a PMS has its next delivery due, or an account its next command. Storage reports hints after each commit that
// made work ready; dispatch keeps the earliest per key and asks storage for a window when it comes. A lease that came
// back with fewer rows than a share's limit reports, for that key, when the earliest row it left behind is due:
// dispatch forgot the key's hints when it asked. Leased rows are due when their lease runs out.
struct due_hint {
    std::string key;  // pms id or account
    time_point due_at{};
};

// A callback sent lately: restores the rate windows after a restart.
struct recent_send {
    pms_id pms;
    time_point sent_at{};
    delivery_id delivery;
};

}  // namespace lockhub::storage
