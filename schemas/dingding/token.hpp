#pragma once
// access_token: the pair client_id and client_secret against a token that lives some days.
#include "schemas/core/result.hpp"
#include "schemas/dingding/cloud.hpp"

namespace lockhub::dingding {

wire::http_request encode_token_request(const account_settings& settings);

// Fails with unavailable where trying later may help, and with unauthentic where 丁盯 refused the pair.
result<access_token> decode_token(const wire::http_response& response, time_point now);

}  // namespace lockhub::dingding
