#pragma once
// What a caller gives a method by name, checked against the method's parameters and written to the wire.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"
#include "schemas/domain/vendor_method.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub {

// The method of that name, or of that other name. Fails with not_found and the nearest name.
result<const vendor_method*> find_method(std::span<const vendor_method> methods, std::string_view name);

struct method_field {
    const vendor_parameter* parameter = nullptr;
    std::string value;  // as the wire has it: times and lists are already written
};

// In the order of the parameters. Fails with invalid_input for a field that is missing, unknown (and names the
// nearest), given twice or of another form; the message never shows the value of a secret. An empty text is a value,
// unless the parameter is required.
result<std::vector<method_field>> read_fields(const vendor_method& method, const wire::form& fields);

// Members of an open JSON object: numbers, booleans and lists as such, everything else as text.
void write_members(wire::json_writer& object, const std::vector<method_field>& fields);

// Fields of a form, or parts of a query.
void add_fields(wire::form& form, const std::vector<method_field>& fields);

}  // namespace lockhub
