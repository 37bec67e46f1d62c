#pragma once
// 丁盯 / 云丁 (document 001, V1.6, and PROTOCOLS 2): the lock_cloud of one account.
#include <memory>
#include <string>

#include "schemas/core/secret.hpp"
#include "schemas/domain/lock_cloud.hpp"

namespace lockhub::dingding {

enum class sign_policy { required, if_present };

struct account_settings {
    account_id account;
    std::string event_url;   // exactly as registered with 丁盯; `sign` is computed over it as written
    std::string result_url;  // may equal event_url
    sign_policy sign = sign_policy::required;
    std::string base_url;  // "https://lockapi.dding.net/openapi/v1"
    std::string client_id;
    secret client_secret;
    std::string phone_number = "13000000000";  // `phonenumber` of add_password, which the document requires
};

// Throws std::invalid_argument for URLs that are not absolute http(s).
std::unique_ptr<lock_cloud> make_cloud(account_settings settings);

}  // namespace lockhub::dingding
