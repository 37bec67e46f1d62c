#pragma once
// What fetch_passwords says about a command whose reply was lost or whose result stays out.
#include "schemas/domain/command.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::dingding {

probe_reply decode_probe(const vendor_command& command, const wire::http_response& response);

}  // namespace lockhub::dingding
