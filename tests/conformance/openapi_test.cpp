// What holds for each document of schemas/openapi.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

#include "tests/support/openapi.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr const char* files[] = {"lockapi.json", "push.json"};

void collect_references(const wire::json_value& node, std::set<std::string>& found) {
    for (const auto& [name, member] : node.members()) {
        if (name == "$ref") found.insert(member.text());
        collect_references(member, found);
    }
    for (const wire::json_value& item : node.items()) collect_references(item, found);
}

bool has_chinese(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0xE4; });
}

bool has_english(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(openapi_test)

BOOST_AUTO_TEST_CASE(the_documents_are_openapi_3_1) {
    for (const char* file : files) BOOST_TEST(openapi_document(file).root().text_of("openapi") == "3.1.0");
}

BOOST_AUTO_TEST_CASE(every_reference_leads_somewhere_and_every_component_is_used) {
    for (const char* file : files) {
        const openapi_document document(file);
        std::set<std::string> references;
        collect_references(document.root(), references);
        BOOST_TEST(!references.empty());
        for (const std::string& reference : references) BOOST_CHECK_NO_THROW(document.schemas().at(reference));
        for (const auto& [kind, components] : document.root().find("components")->members()) {
            for (const auto& [name, component] : components.members()) {
                BOOST_TEST(references.contains("#/components/" + kind + "/" + name), file << ": " << name);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(every_keyword_is_one_the_validator_knows) {
    for (const char* file : files) {
        const openapi_document document(file);
        const auto schemas = document.all_schemas();
        BOOST_TEST(schemas.size() > 40U);
        for (const openapi_content& one : schemas) {
            BOOST_TEST(one.schema->is_object(), one.place);
            for (const auto& [keyword, rule] : one.schema->members()) {
                BOOST_TEST(json_schema::knows(keyword), one.place << ": " << keyword);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_required_is_described) {
    for (const char* file : files) {
        const openapi_document document(file);
        for (const openapi_content& one : document.all_schemas()) {
            const wire::json_value* required = one.schema->find("required");
            if (!required) continue;
            for (const wire::json_value& name : required->items()) {
                BOOST_TEST(one.schema->find("properties")->find(name.text()), one.place << ": " << name.text());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(every_example_fits_its_schema) {
    for (const char* file : files) {
        const openapi_document document(file);
        std::size_t examples = 0;
        for (const openapi_content& content : document.contents()) {
            for (const auto& [name, value] : content.examples) {
                BOOST_REQUIRE_MESSAGE(value, content.place << " " << name);
                BOOST_TEST(document.schemas().check(*content.schema, *value) == "", content.place << " " << name);
                ++examples;
            }
        }
        BOOST_TEST(examples >= 25U, file);
    }
}

BOOST_AUTO_TEST_CASE(operations_and_members_are_described_in_chinese_and_english) {
    for (const char* file : files) {
        const openapi_document document(file);
        auto operations = document.operations();
        std::ranges::move(document.webhooks(), std::back_inserter(operations));
        for (const openapi_operation& operation : operations) {
            for (const char* text : {"summary", "description"}) {
                BOOST_TEST(has_chinese(operation.node->text_of(text)), operation.id << " " << text);
                BOOST_TEST(has_english(operation.node->text_of(text)), operation.id << " " << text);
            }
        }
        for (const openapi_content& one : document.all_schemas()) {
            const wire::json_value* properties = one.schema->find("properties");
            if (!properties) continue;
            for (const auto& [name, member] : properties->members()) {
                if (name == "ErrNo" || name == "ErrMsg" || member.find("const")) continue;
                const wire::json_value& described = document.schemas().resolve(member);
                const bool list = described.text_of("type") == "array" || described.text_of("type") == "object";
                if (list) continue;
                BOOST_TEST(has_chinese(described.text_of("description")), one.place << ": " << name);
                BOOST_TEST(has_english(described.text_of("description")), one.place << ": " << name);
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
