#include "tests/support/openapi.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "tests/support/fixtures.hpp"

namespace lockhub::test {

namespace {

using wire::json_value;

using visitor = std::function<void(const json_value&, const std::string& place)>;

// Every object below a node; what stands under "example", "examples" and "schema" is another language.
void walk(const json_value& node, const std::string& place, const visitor& visit) {
    if (node.is_object()) visit(node, place);
    for (const auto& [name, member] : node.members()) {
        if (name == "example" || name == "examples" || name == "schema" || name == "schemas") continue;
        walk(member, place + "/" + name, visit);
    }
    for (std::size_t i = 0; i < node.items().size(); ++i) {
        walk(node.items()[i], fmt::format("{}/{}", place, i), visit);
    }
}

void walk_schema(const json_value& schema, const std::string& place, const visitor& visit) {
    visit(schema, place);
    for (const auto& [name, rule] : schema.members()) {
        if (name == "items" || (name == "additionalProperties" && rule.is_object())) {
            walk_schema(rule, place + "/" + name, visit);
        }
        if (name == "properties") {
            for (const auto& [field, inner] : rule.members()) walk_schema(inner, place + "/" + field, visit);
        }
        if (name == "oneOf" || name == "anyOf") {
            for (const json_value& inner : rule.items()) walk_schema(inner, place + "/" + name, visit);
        }
    }
}

// The only body of a request or an answer: lockhub serves one content type each.
const json_value& only_content(const json_value& node, const std::string& what) {
    const json_value* content = node.find("content");
    if (!content || content->members().size() != 1) throw std::logic_error("no single content: " + what);
    return content->members().front().second;
}

}  // namespace

openapi_document::openapi_document(std::string_view file)
    : root_(json_value::parse(read_text_file(fmt::format("{}/schemas/openapi/{}", LOCKHUB_SOURCE, file))).value()),
      schemas_(root_) {}

std::vector<openapi_operation> openapi_document::operations() const {
    return read_operations("paths");
}

std::vector<openapi_operation> openapi_document::webhooks() const {
    return read_operations("webhooks");
}

std::vector<openapi_operation> openapi_document::read_operations(std::string_view section) const {
    std::vector<openapi_operation> out;
    const json_value* places = root_.find(section);
    if (!places) return out;
    for (const auto& [place, item] : places->members()) {
        const json_value* post = item.find("post");
        if (!post) throw std::logic_error("nothing but POST is served: " + place);
        out.push_back({place, post->text_of("operationId"), post});
    }
    return out;
}

openapi_content openapi_document::read_content(const json_value& node, std::string place) const {
    openapi_content out{std::move(place), node.find("schema"), {}};
    if (!out.schema) throw std::logic_error("no schema stands at " + out.place);
    if (const json_value* one = node.find("example")) out.examples.push_back({"example", one});
    if (const json_value* several = node.find("examples")) {
        for (const auto& [name, example] : several->members()) {
            out.examples.push_back({name, schemas_.resolve(example).find("value")});
        }
    }
    return out;
}

openapi_content openapi_document::request(const openapi_operation& operation) const {
    const json_value* body = operation.node->find("requestBody");
    if (!body) throw std::logic_error("no requestBody: " + operation.place);
    return read_content(only_content(*body, operation.place), operation.place + " request");
}

openapi_content openapi_document::answer(const openapi_operation& operation, std::string_view status) const {
    const json_value* responses = operation.node->find("responses");
    const json_value* named = responses ? responses->find(status) : nullptr;
    if (!named) throw std::logic_error(fmt::format("no answer {}: {}", status, operation.place));
    return read_content(only_content(schemas_.resolve(*named), operation.place),
                        fmt::format("{} answer {}", operation.place, status));
}

std::vector<openapi_content> openapi_document::contents() const {
    std::vector<openapi_content> out;
    walk(root_, "", [&](const json_value& node, const std::string& place) {
        if (node.find("schema")) out.push_back(read_content(node, place));
    });
    return out;
}

std::vector<openapi_content> openapi_document::all_schemas() const {
    std::vector<openapi_content> out;
    const visitor keep = [&](const json_value& schema, const std::string& place) {
        out.push_back({place, &schema, {}});
    };
    for (const openapi_content& content : contents()) walk_schema(*content.schema, content.place, keep);
    for (const auto& [name, schema] : schemas_.at("#/components/schemas").members()) {
        walk_schema(schema, "/components/schemas/" + name, keep);
    }
    return out;
}

}  // namespace lockhub::test
