#include "tests/tidy/coroutine_rules.hpp"

#include <array>
#include <cctype>

namespace lockhub::tidy {
namespace {

constexpr std::string_view await_word = "co_await";

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
    return text;
}

// Position after the bracket that closes the one at `open`; npos when none does.
std::size_t after_closing(std::string_view text, std::size_t open, char opener, char closer) {
    std::size_t depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        if (text[i] == opener) ++depth;
        if (text[i] == closer && --depth == 0) return i + 1;
    }
    return std::string_view::npos;
}

// Takes `if (…)`, `else`, `case x:` and the like off the head of a statement.
std::string_view without_control(std::string_view head) {
    constexpr std::array<std::string_view, 4> clauses{"if", "while", "for", "switch"};
    while (true) {
        head = trimmed(head);
        const auto before = head.size();
        if (head.starts_with("else")) head.remove_prefix(4);
        if ((head.starts_with("case ") || head.starts_with("default")) && head.contains(':')) {
            head.remove_prefix(head.rfind(':') + 1);
        }
        for (const auto clause : clauses) {
            const auto open = head.find('(');
            if (!head.starts_with(clause) || open == std::string_view::npos) continue;
            const auto after = after_closing(head, open, '(', ')');
            if (after != std::string_view::npos) head.remove_prefix(after);
        }
        if (head.size() == before) return head;
    }
}

bool may_precede(std::string_view head) {
    head = without_control(head);
    if (head.empty() || head == "co_return" || head == "(void)") return true;
    if (!head.ends_with('=') || head.ends_with("==") || head.ends_with("!=")) return false;
    return !head.contains('?') && !head.contains("&&") && !head.contains("||");
}

// `[…]`, `[…](…)`, `[…](…) mutable`, `[…](…) -> type`.
bool ends_lambda_head(std::string_view text) {
    text = trimmed(text);
    if (text.ends_with(')') || text.ends_with(']') || text.ends_with("mutable") || text.ends_with("noexcept"))
        return true;
    const auto parameters_end = text.rfind(')');
    return parameters_end != std::string_view::npos && trimmed(text.substr(parameters_end + 1)).starts_with("->");
}

// The rest of the statement, without the bodies of lambdas in it.
std::string rest_of_statement(std::string_view code, std::size_t from) {
    std::string rest;
    std::size_t depth = 0;
    for (std::size_t i = from; i < code.size(); ++i) {
        const char c = code[i];
        if (c == '{') {
            const auto after = after_closing(code, i, '{', '}');
            if (ends_lambda_head(rest) && after != std::string_view::npos) {
                i = after - 1;
                continue;
            }
        }
        if (c == '(') ++depth;
        if (c == ')' && depth-- == 0) return rest;
        if ((c == ';' || c == '}') && depth == 0) return rest;
        rest += c;
    }
    return rest;
}

bool has_conditional_outside_brackets(std::string_view rest) {
    std::size_t depth = 0;
    for (const char c : rest) {
        if (c == '(') ++depth;
        if (c == ')' && depth > 0) --depth;
        if (c == '?' && depth == 0) return true;
    }
    return false;
}

// `f({…})`, `f(a, {…})`, `f(thing{…})`; not `f(tag{})`, which makes nothing that has to be destroyed.
bool has_brace_initialiser(std::string_view rest) {
    for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{', open + 1)) {
        if (!rest.substr(open).starts_with("{}")) return true;
    }
    return false;
}

std::string problem_at(std::string_view code, std::size_t at) {
    const auto begin = code.find_last_of(";{}", at);
    const auto head = code.substr(begin == std::string_view::npos ? 0 : begin + 1,
                                  at - (begin == std::string_view::npos ? 0 : begin + 1));
    if (!may_precede(head)) return "co_await stands at the start of a statement, after '=' or after 'co_return'";
    const auto rest = rest_of_statement(code, at + await_word.size());
    if (rest.contains(await_word)) return "two co_await in one statement";
    if (has_conditional_outside_brackets(rest)) return "co_await in a conditional";
    if (has_brace_initialiser(rest)) return "a brace initialiser beside a co_await";
    return {};
}

}  // namespace

violations awaits_stand_alone(const source_file& file) {
    violations found;
    const std::string_view code = file.code;
    for (auto at = code.find(await_word); at != std::string_view::npos; at = code.find(await_word, at + 1)) {
        const bool inside_a_word = at > 0 && code[at - 1] == '_';
        if (inside_a_word) continue;
        if (auto problem = problem_at(code, at); !problem.empty()) {
            found.push_back({file.path, file.line_at(at), std::move(problem)});
        }
    }
    return found;
}

}  // namespace lockhub::tidy
