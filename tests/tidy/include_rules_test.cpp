#include "tests/tidy/include_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub::tidy;

namespace {

std::size_t layer_findings(const char* path, const char* target) {
    return count_findings(layers_include_to_their_right, path, std::string("#include \"") + target + "\"\n");
}

std::size_t library_findings(const char* path, const char* target) {
    return count_findings(libraries_stay_where_they_belong, path,
                          std::string("#pragma once\n#include <") + target + ">\n");
}

std::size_t heavy_findings(const char* path, const char* target) {
    return count_findings(heavy_headers_stay_in_few_files, path, std::string("#include <") + target + ">\n");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tidy_includes)

BOOST_AUTO_TEST_CASE(each_layer_includes_only_itself_and_what_stands_to_its_right) {
    BOOST_TEST(findings(layers_include_to_their_right) == "");
}

BOOST_AUTO_TEST_CASE(the_layer_rule_finds_what_points_to_the_left) {
    BOOST_TEST(layer_findings("storage/a.cpp", "dispatch/core/breaker.hpp") == 1U);
    BOOST_TEST(layer_findings("hub/a.cpp", "tests/support/manual_clock.hpp") == 1U);
    BOOST_TEST(layer_findings("schemas/wire/a.cpp", "schemas/domain/push.hpp") == 1U);
    BOOST_TEST(layer_findings("schemas/core/a.cpp", "schemas/wire/form.hpp") == 1U);
    BOOST_TEST(layer_findings("schemas/dingding/a.cpp", "schemas/quhuhu/hmac.hpp") == 1U);
    BOOST_TEST(layer_findings("dispatch/a.cpp", "storage/sqlite/database.hpp") == 1U);
    BOOST_TEST(layer_findings("hub/a.cpp", "app.hpp") == 1U);
}

BOOST_AUTO_TEST_CASE(the_layer_rule_lets_pass_what_points_to_the_right) {
    BOOST_TEST(layer_findings("hub/a.cpp", "schemas/quhuhu/hmac.hpp") == 0U);
    BOOST_TEST(layer_findings("hub/a.cpp", "storage/sqlite/open.hpp") == 0U);
    BOOST_TEST(layer_findings("storage/sqlite/a.cpp", "storage/sqlite/database.hpp") == 0U);
    BOOST_TEST(layer_findings("schemas/dingding/a.cpp", "schemas/dingding/cloud.hpp") == 0U);
    BOOST_TEST(layer_findings("schemas/dingding/a.cpp", "schemas/domain/push.hpp") == 0U);
    BOOST_TEST(layer_findings("tests/unit/a.cpp", "storage/sqlite/database.hpp") == 0U);
}

BOOST_AUTO_TEST_CASE(libraries_stay_in_the_layer_that_owns_them) {
    BOOST_TEST(findings(libraries_stay_where_they_belong) == "");
}

BOOST_AUTO_TEST_CASE(the_library_rule_finds_strays) {
    BOOST_TEST(library_findings("schemas/core/a.hpp", "thread") == 1U);
    BOOST_TEST(library_findings("schemas/core/a.hpp", "boost/asio/awaitable.hpp") == 1U);
    BOOST_TEST(library_findings("dispatch/core/a.cpp", "boost/asio/io_context.hpp") == 1U);
    BOOST_TEST(library_findings("storage/store.hpp", "sqlite3.h") == 1U);
    BOOST_TEST(library_findings("hub/a.cpp", "simdjson.h") == 1U);
    BOOST_TEST(library_findings("storage/sqlite/a.cpp", "sqlite3.h") == 0U);
    BOOST_TEST(library_findings("schemas/wire/a.cpp", "simdjson.h") == 0U);
    BOOST_TEST(library_findings("dispatch/net/a.cpp", "boost/asio/io_context.hpp") == 0U);
}

BOOST_AUTO_TEST_CASE(beast_and_tls_headers_stand_in_a_few_source_files_only) {
    BOOST_TEST(findings(heavy_headers_stay_in_few_files) == "");
}

BOOST_AUTO_TEST_CASE(the_heavy_header_rule_finds_strays) {
    BOOST_TEST(heavy_findings("hub/routes/a.cpp", "boost/beast/http.hpp") == 1U);
    BOOST_TEST(heavy_findings("hub/http/session.hpp", "boost/beast/core.hpp") == 1U);
    BOOST_TEST(heavy_findings("dispatch/net/url.cpp", "boost/asio/ssl.hpp") == 1U);
    BOOST_TEST(heavy_findings("tests/support/a.cpp", "boost/asio.hpp") == 1U);
    BOOST_TEST(heavy_findings("hub/http/session.cpp", "boost/beast/http/parser.hpp") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
