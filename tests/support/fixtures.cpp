#include "tests/support/fixtures.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace lockhub::test {

std::string read_text_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<fixture_case> load_fixtures(std::string_view file) {
    const auto path = std::string(LOCKHUB_FIXTURES) + "/" + std::string(file);
    const auto document = wire::json_value::parse(read_text_file(path));
    if (!document) throw std::runtime_error(path + ": " + document.error().message);
    std::vector<fixture_case> cases;
    for (const auto& each : document->items()) {
        fixture_case out{.name = each.text_of("name"), .request = {}, .expected = {}, .all = each};
        if (const auto* request = each.find("request")) out.request = *request;
        if (const auto* expected = each.find("expected")) out.expected = *expected;
        cases.push_back(std::move(out));
    }
    if (cases.empty()) throw std::runtime_error(path + " holds no cases");
    return cases;
}

}  // namespace lockhub::test
