// The signing example of README.md is run against the cases of fixtures/quhuhu.json.
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <memory>

#include "tests/support/fixtures.hpp"
#include "tests/support/markdown.hpp"

using namespace lockhub;

namespace {

std::string signing_function() {
    const auto text = test::read_text_file(LOCKHUB_SOURCE "/README.md");
    const auto begin = text.find("lockapi() {");
    const auto end = text.find("\n}\n", begin);
    BOOST_REQUIRE(begin != std::string::npos);
    BOOST_REQUIRE(end != std::string::npos);
    return text.substr(begin, end + 3 - begin);
}

std::string quoted(const std::string& text) {
    return "'" + text + "'";
}

std::string output_of(const std::string& script) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(("bash -c " + script).c_str(), "r"), ::pclose);
    BOOST_REQUIRE(pipe != nullptr);
    std::string output;
    std::array<char, 256> buffer{};
    while (std::fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) output += buffer.data();
    return output;
}

// A quote inside a bash -c '…' text.
std::string escaped(std::string text) {
    for (auto at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 4)) text.replace(at, 1, "'\\''");
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tidy_readme)

BOOST_AUTO_TEST_CASE(the_signing_example_signs_as_the_fixtures_do) {
    std::size_t checked = 0;
    for (const auto& item : test::load_fixtures("quhuhu.json")) {
        const auto* params = item.request.find("params");
        const auto* hmac = item.expected.find("hmac");
        if (params == nullptr || hmac == nullptr || hmac->find("demo") == nullptr) continue;
        ++checked;
        std::string script =
            "curl() { printf %s \"${@: -1}\"; }\nPMS=demopms KEY=" + quoted(item.request.text_of("secret")) + "\n" +
            signing_function() + "lockapi method";
        for (const auto& [name, value] : params->members()) {
            if (name != "version" && name != "pmsId") script += " " + quoted(name + "=" + value.text());
        }
        BOOST_TEST_CONTEXT(item.name) {
            BOOST_TEST(output_of(quoted(escaped(script))) == "hmac=" + hmac->text_of("demo") + "\n");
        }
    }
    BOOST_TEST(checked == 11U);
}

// tests/e2e/readme_test.cpp runs the English one.
BOOST_AUTO_TEST_CASE(both_readmes_print_the_same_stay) {
    const auto printed = [](const char* file, const char* heading) {
        const auto text = test::read_text_file(std::string(LOCKHUB_SOURCE) + file);
        return test::fenced_blocks(test::markdown_section(text, heading), "sh");
    };
    const auto english = printed("/README.md", "## For PMS developers");
    BOOST_TEST(english.size() == 6U);
    BOOST_TEST(english == printed("/README.zh-CN.md", "## PMS 对接要点"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
