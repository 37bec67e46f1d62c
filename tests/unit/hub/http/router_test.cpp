#include "hub/http/router.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

using namespace lockhub;

namespace {

hub::router make_router() {
    std::vector<hub::route> routes;
    routes.push_back({.path = "/healthz", .methods = {"GET"}});
    routes.push_back({.path = "/in/dd/event", .methods = {"POST"}});
    routes.push_back({.path = "/lockapi/*", .methods = {"POST"}});
    routes.push_back({.path = "/lockapi/special/*", .methods = {"GET", "DELETE"}});
    return hub::router(std::move(routes));
}

std::string found_path(const hub::router& routes, std::string_view method, std::string_view path) {
    const auto match = routes.find(method, path);
    if (const auto* const* found = std::get_if<const hub::route*>(&match)) return (*found)->path;
    if (const auto* refused = std::get_if<hub::router::method_not_allowed>(&match)) return "405 " + refused->at->allow;
    return "404";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(router_test)

BOOST_AUTO_TEST_CASE(method_and_path_decide) {
    const auto routes = make_router();
    const struct {
        std::string_view method, path;
        std::string found;
    } cases[] = {
        {"GET", "/healthz", "/healthz"},
        {"HEAD", "/healthz", "/healthz"},
        {"POST", "/healthz", "405 GET, HEAD"},
        {"POST", "/in/dd/event", "/in/dd/event"},
        {"HEAD", "/in/dd/event", "405 POST"},
        {"post", "/in/dd/event", "405 POST"},
        {"POST", "/in/dd/event/", "404"},
        {"POST", "/in/dd", "404"},
        {"POST", "/lockapi/demopms/lock/enableGuestPwd.do", "/lockapi/*"},
        {"POST", "/lockapi/", "404"},
        {"POST", "/lockapi/*", "/lockapi/*"},
        {"DELETE", "/lockapi/special/x", "/lockapi/special/*"},
        {"POST", "/lockapi/special/x", "405 GET, HEAD, DELETE"},
        {"GET", "", "404"},
    };
    for (const auto& one : cases) BOOST_TEST_CONTEXT(one.method << ' ' << one.path) {
            BOOST_TEST(found_path(routes, one.method, one.path) == one.found);
        }
}

BOOST_AUTO_TEST_CASE(two_routes_with_one_path_are_refused) {
    for (const std::string path : {"/a", "/a/*"}) {
        std::vector<hub::route> routes;
        routes.push_back({.path = path, .methods = {"GET"}});
        routes.push_back({.path = path, .methods = {"POST"}});
        BOOST_CHECK_THROW(hub::router(std::move(routes)), std::invalid_argument);
    }
}

BOOST_AUTO_TEST_SUITE_END()
