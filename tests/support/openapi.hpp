#pragma once
// The OpenAPI documents of schemas/openapi, as tests go through them.
#include <string>
#include <string_view>
#include <vector>

#include "schemas/wire/json_value.hpp"
#include "tests/support/json_schema.hpp"

namespace lockhub::test {

struct openapi_example {
    std::string name;
    const wire::json_value* value = nullptr;
};

struct openapi_operation {
    std::string place;  // path, or name of the webhook
    std::string id;     // operationId
    const wire::json_value* node = nullptr;
};

// A place of the document that shows a schema and examples of it.
struct openapi_content {
    std::string place;  // "/paths/…/requestBody/content/…"
    const wire::json_value* schema = nullptr;
    std::vector<openapi_example> examples;
};

// Pointers are into the document and live as long as it does.
class openapi_document {
  public:
    explicit openapi_document(std::string_view file);  // of schemas/openapi; throws std::runtime_error
    openapi_document(const openapi_document&) = delete;
    openapi_document& operator=(const openapi_document&) = delete;

    const wire::json_value& root() const { return root_; }
    const json_schema& schemas() const { return schemas_; }

    std::vector<openapi_operation> operations() const;  // of `paths`, in the document's order
    std::vector<openapi_operation> webhooks() const;

    // The body an operation takes, and the one it answers with. Throws std::logic_error when it has none.
    openapi_content request(const openapi_operation& operation) const;
    openapi_content answer(const openapi_operation& operation, std::string_view status = "200") const;

    // Every schema with its examples, wherever they stand, and every schema inside a schema.
    std::vector<openapi_content> contents() const;
    std::vector<openapi_content> all_schemas() const;

  private:
    std::vector<openapi_operation> read_operations(std::string_view section) const;
    openapi_content read_content(const wire::json_value& node, std::string place) const;

    wire::json_value root_;
    json_schema schemas_;
};

}  // namespace lockhub::test
