#include "tests/tidy/coroutine_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub::tidy;

namespace {

std::size_t found_in(const char* statement) {
    return count_findings(awaits_stand_alone, "hub/a.cpp",
                          std::string("task<> f() {\n    g();\n    ") + statement + "\n}\n");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tidy_coroutines)

BOOST_AUTO_TEST_CASE(every_co_await_of_the_tree_stands_alone) {
    BOOST_TEST(findings(awaits_stand_alone) == "");
}

BOOST_AUTO_TEST_CASE(the_allowed_forms_pass) {
    for (const auto* statement : {
             "co_await f();",
             "auto x = co_await f(a, b);",
             "x = co_await f(a ? b : c);",
             "co_return co_await f();",
             "if (stopped) co_await f();",
             "for (auto& item : items) { co_await item.run(); }",
             "switch (x) { case 1: co_await f(); }",
             "auto x = co_await read([](reader&) -> result<int> { return {}; });",
             "auto done = co_await submit([&](auto handler) { run({1, 2}, std::move(handler)); }, tag{});",
         }) {
        BOOST_TEST(found_in(statement) == 0U, statement);
    }
}

BOOST_AUTO_TEST_CASE(the_forms_that_compilers_got_wrong_are_found) {
    for (const auto* statement : {
             "if (co_await f()) g();",
             "while (!co_await f()) g();",
             "auto x = c ? co_await a() : b;",
             "auto x = co_await a() ? b : c;",
             "auto x = ready && co_await f();",
             "g(co_await f());",
             "return_value(1, co_await f());",
             "co_await f({.a = x});",
             "co_await f(options{1, 2});",
         }) {
        BOOST_TEST(found_in(statement) == 1U, statement);
    }
    BOOST_TEST(found_in("auto x = co_await f(co_await g());") == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
