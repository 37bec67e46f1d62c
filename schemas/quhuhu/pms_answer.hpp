#pragma once
// What every answer of a PMS says, whatever was asked: `code`, loosely typed (PROTOCOLS 1.4), and a text beside it.
#include <string>
#include <string_view>

#include "schemas/domain/delivery.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::quhuhu {

std::string_view without_byte_order_mark(std::string_view body);

// 0 as a number, or "0".
bool says_done(const wire::json_value& code);

// `msg`, or `message`; clipped to limits::pms_message_bytes.
std::string message_of(const wire::json_value& answer);

// "code -1: 处理失败".
std::string refusal_text(const wire::json_value& code, std::string_view message);

// Of an HTTP status outside 2xx.
error_class class_of_status(int http_status);

}  // namespace lockhub::quhuhu
