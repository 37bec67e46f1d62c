#pragma once
// The part of JSON Schema 2020-12 that schemas/openapi uses. Strict about the schema itself: a keyword it does not know
// is an error, never a silent pass.
#include <string>
#include <string_view>

#include "schemas/wire/json_value.hpp"

namespace lockhub::test {

class json_schema {
  public:
    // `document` holds what $ref names ("#/components/schemas/Failure") and must outlive this.
    explicit json_schema(const wire::json_value& document) : document_(document) {}

    // "" when the value fits. Otherwise a line for each place that does not: "/data/0/roomId: is no string".
    // Throws std::logic_error for a schema that is wrong itself.
    std::string check(const wire::json_value& schema, const wire::json_value& value) const;

    // What a reference names. Throws std::logic_error when it names nothing.
    const wire::json_value& at(std::string_view reference) const;
    // The node itself, or what its $ref names, however often.
    const wire::json_value& resolve(const wire::json_value& node) const;

    static bool knows(std::string_view keyword);

  private:
    const wire::json_value& document_;
};

bool same_json(const wire::json_value& a, const wire::json_value& b);  // members in any order

}  // namespace lockhub::test
