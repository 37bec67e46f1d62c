#include "tests/tidy/shape_rules.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <set>

using namespace lockhub::tidy;

namespace {

std::string lines(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "    step();\n";
    return text;
}

// Everything that may stand at the root; what tools make there is in .gitignore.
const std::set<std::string> agreed{".ci",
                                   ".clang-format",
                                   ".clang-tidy",
                                   ".git",
                                   ".gitignore",
                                   "ARCHITECTURE.md",
                                   "CHANGELOG.md",
                                   "CMakeLists.txt",
                                   "CMakePresets.json",
                                   "CONTRIBUTING.md",
                                   "LICENSE",
                                   "README.md",
                                   "README.zh-CN.md",
                                   "SECURITY.md",
                                   "deploy",
                                   "dev",
                                   "dispatch",
                                   "hub",
                                   "schemas",
                                   "storage",
                                   "tests"};
const std::set<std::string> ignored{"build", "var", ".cache", "compile_commands.json"};

}  // namespace

BOOST_AUTO_TEST_SUITE(tidy_shape)

BOOST_AUTO_TEST_CASE(the_tree_is_read) {
    BOOST_TEST(source_tree().size() > 100U);
}

BOOST_AUTO_TEST_CASE(no_file_is_longer_than_400_lines) {
    BOOST_TEST(findings(files_stay_short) == "");
}

BOOST_AUTO_TEST_CASE(no_function_is_longer_than_60_lines) {
    BOOST_TEST(findings(functions_stay_short) == "");
}

BOOST_AUTO_TEST_CASE(every_header_is_guarded) {
    BOOST_TEST(findings(headers_are_guarded) == "");
}

BOOST_AUTO_TEST_CASE(files_and_folders_have_names_in_snake_case) {
    BOOST_TEST(findings(names_are_snake_case) == "");
}

BOOST_AUTO_TEST_CASE(only_the_agreed_entries_stand_at_the_root) {
    std::string strangers;
    for (const auto& entry : std::filesystem::directory_iterator(LOCKHUB_SOURCE)) {
        const auto name = entry.path().filename().string();
        if (!agreed.contains(name) && !ignored.contains(name)) strangers += " " + name;
    }
    BOOST_TEST(strangers == "");
}

BOOST_AUTO_TEST_CASE(the_length_rules_find_what_is_too_long) {
    BOOST_TEST(count_findings(files_stay_short, "hub/a.cpp", lines(400)) == 0U);
    BOOST_TEST(count_findings(files_stay_short, "hub/a.cpp", lines(401)) == 1U);
    const auto function = [](std::size_t count) { return "void f(int x) const {\n" + lines(count) + "}\n"; };
    BOOST_TEST(count_findings(functions_stay_short, "hub/a.cpp", function(60)) == 0U);
    BOOST_TEST(count_findings(functions_stay_short, "hub/a.cpp", function(61)) == 1U);
    BOOST_TEST(count_findings(functions_stay_short, "hub/a.cpp", "namespace a {\n" + function(61) + "}\n") == 1U);
    BOOST_TEST(count_findings(functions_stay_short, "hub/a.cpp", "struct a {\n" + lines(70) + "};\n") == 0U);
    BOOST_TEST(count_findings(functions_stay_short, "hub/a.cpp",
                              "constexpr auto t = to_array<row>({\n" + lines(70) + "});\n") == 0U);
}

BOOST_AUTO_TEST_CASE(the_other_rules_find_bare_headers_and_odd_names) {
    BOOST_TEST(count_findings(headers_are_guarded, "hub/a.hpp", "struct a;\n") == 1U);
    BOOST_TEST(count_findings(headers_are_guarded, "hub/a.hpp", "#pragma once\nstruct a;\n") == 0U);
    BOOST_TEST(count_findings(names_are_snake_case, "hub/HttpServer.cpp", "") == 1U);
    BOOST_TEST(count_findings(names_are_snake_case, "hub/http_server2.cpp", "") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
