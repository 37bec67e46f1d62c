#pragma once
// The source tree as text, for the rules that no compiler checks.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lockhub::tidy {

struct source_file {
    std::string path;  // relative to the root, with '/'
    std::string text;
    std::string code;  // the same length, with comments and the contents of literals as blanks

    bool is_header() const { return path.ends_with(".hpp"); }
    bool is_test() const { return path.starts_with("tests/"); }
    std::size_t line_at(std::size_t offset) const;  // from 1
};

source_file make_source(std::string path, std::string text);

// Every .cpp and .hpp of the tree.
const std::vector<source_file>& source_tree();

struct violation {
    std::string path;
    std::size_t line = 0;
    std::string what;

    std::string text() const;
};
using violations = std::vector<violation>;
using rule = violations (*)(const source_file&);

// What the rule finds in the whole tree, a line each; "" when nothing.
std::string findings(rule check);
// How many places of one text the rule finds.
std::size_t count_findings(rule check, std::string path, std::string text);

}  // namespace lockhub::tidy
