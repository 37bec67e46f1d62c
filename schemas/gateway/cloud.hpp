#pragma once
// The gateway of document 002 (门锁接口 V2.0.3, port 19952): a program on a hotel's own PC, called and never calling.
// Codes: 1 is success, anything else failed. Answers come at once; there are no tokens, no pushes and no questions.
#include <memory>
#include <string>

#include "schemas/core/ids.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/domain/lock_cloud.hpp"

namespace lockhub::gateway {

// The document says JSON and shows forms (PROTOCOLS 4).
enum class body_format { form, json };

struct account_settings {
    account_id account;
    std::string base_url = "http://127.0.0.1:19952";
    std::string appid;
    secret appsecret;
    body_format body = body_format::form;
};

// Throws std::invalid_argument for a base_url that is no absolute http or https URL.
std::unique_ptr<lock_cloud> make_cloud(account_settings settings);

}  // namespace lockhub::gateway
