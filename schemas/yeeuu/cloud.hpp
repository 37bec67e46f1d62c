#pragma once
// 云柚 (document 004 and PROTOCOLS 3): the lock_cloud of one account. It signs every call, so there is no token to ask
// for, and it never calls: openings are read from its log.
//
// A door is named "code", the entrance of an apartment, or "code/door", a door inside it; cloud_home_id is the
// buildingId. 云柚 keeps one password a door and mobile number, and may send messages to that number, so PINs are set
// for two numbers of the operator's own: a door has one guest PIN and one management PIN, and a new one replaces the
// old.
#include <memory>
#include <string>

#include "schemas/core/ids.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/domain/lock_cloud.hpp"

namespace lockhub::yeeuu {

struct account_settings {
    account_id account;
    std::string base_url = "https://alms.yeeuu.com";
    std::string partner_id;
    secret key;  // the document's `secret`
    std::string guest_mobile;
    std::string manage_mobile;
    std::string operator_mobile;  // who opens a door from afar; "" where nobody does
};

// Throws std::invalid_argument for a base_url that is no absolute http or https URL, and where guest and management
// PINs have no number of their own.
std::unique_ptr<lock_cloud> make_cloud(account_settings settings);

}  // namespace lockhub::yeeuu
