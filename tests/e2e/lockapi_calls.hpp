#pragma once
// Calls of the lockapi as a PMS makes them: forms with every field a method has, signed, and the same with one thing
// wrong.
#include <string>
#include <string_view>

#include "schemas/quhuhu/hmac.hpp"
#include "schemas/quhuhu/request.hpp"
#include "tests/e2e/installation.hpp"

namespace lockhub::test {

using simulators::text_fields;

// Every field of the method but hmac, also those that may be absent, as the first room of the installation needs them.
text_fields all_fields(const installation& at, quhuhu::method what);

text_fields with(text_fields fields, std::string_view name, std::string value);  // in place, or at the end
text_fields without(text_fields fields, std::string_view name);

std::string signed_form(text_fields fields, std::string_view key = "made-up-sign-key");
std::string signed_form(text_fields fields, quhuhu::hmac_variant variant);

// The answer to a form at /lockapi/{pms}/lock/{method}.do. A call beyond what a second allows is made again.
wire::json_value call(const installation& at, std::string_view method, const std::string& form,
                      std::string_view pms = "demopms");
wire::json_value call(const installation& at, quhuhu::method what, const std::string& form);

// A signed call with these fields beside hotelNo and the operator's.
wire::json_value call_with(const installation& at, std::string_view method, text_fields fields);

std::int64_t code_of(const wire::json_value& answer);
// "0 处理成功", "-1002 缺少 PMS 酒店代码"
std::string said(const wire::json_value& answer);

}  // namespace lockhub::test
