#pragma once
// A json_value back as text.
#include <string>

#include "schemas/wire/form.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::test {

std::string json_text(const wire::json_value& value);  // compact, members in their order, numbers as they stood

// An object of texts as form fields, and the other way round.
wire::form form_of(const wire::json_value& object);
wire::json_value object_of(const wire::form& fields);

}  // namespace lockhub::test
