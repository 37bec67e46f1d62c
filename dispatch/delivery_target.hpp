#pragma once
// Where a PMS wants its callbacks, and how they are signed.
#include <array>
#include <cstddef>
#include <string>

#include "schemas/core/ids.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/domain/delivery.hpp"

namespace lockhub::dispatch {

inline constexpr std::size_t delivery_kind_count = 5;

struct delivery_target {
    pms_id pms;
    bool enabled = true;
    secret key;
    bool sign = true;                                   // append version, pmsId and hmac
    bool private_addresses = false;                     // the address guard lets it live in a private range
    std::array<std::string, delivery_kind_count> urls;  // by delivery_kind; "" where none is configured

    std::string& url(delivery_kind kind) { return urls.at(static_cast<std::size_t>(kind)); }
    const std::string& url(delivery_kind kind) const { return urls.at(static_cast<std::size_t>(kind)); }
};

}  // namespace lockhub::dispatch
