#pragma once
// The forms a parameter's value may have: read from text, written as the wire has them.
#include <optional>
#include <string>
#include <string_view>

#include "schemas/domain/vendor_method.hpp"

namespace lockhub {

// "a whole number", for the sentence that says what is wanted.
std::string_view form_of(vendor_parameter::type what);

// The value as the wire carries it; nullopt when it is not of the parameter's form.
std::optional<std::string> write_value(const vendor_parameter& parameter, std::string_view given);

// What is written is JSON itself, not the content of a string.
bool is_json_as_written(vendor_parameter::type what);

}  // namespace lockhub
