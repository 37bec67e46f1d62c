// Every method of the documents is served by the simulator of its lock cloud: whatever else is wrong with a call of
// made-up values, the interface is there.
#include <boost/test/unit_test.hpp>

#include "tests/conformance/vendor_subjects.hpp"
#include "tests/simulators/dingding_cloud.hpp"
#include "tests/simulators/gateway_box.hpp"
#include "tests/simulators/yeeuu_cloud.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

struct simulated_clouds {
    std::string answer_to(const vendor_subject& subject, wire::http_request request) {
        const auto host = request.url.find("://") + 3;
        request.url.erase(0, request.url.find('/', host));
        const auto said = subject.vendor == "dingding" ? dingding.handle(request, moment_of_call, random)
                          : subject.vendor == "yeeuu"  ? yeeuu.handle(request, moment_of_call, random)
                                                       : gateway.handle(request, moment_of_call, random);
        return said.response ? said.response->body : std::string();
    }

    simulators::random_source random{1};
    simulators::dingding_cloud dingding{simulators::dingding_registration{}};
    // It looks at the credentials first.
    simulators::gateway_box gateway{
        {.appid = "00000000000000000000000000000a01", .appsecret = "00000000000000000000000000000b01"}};
    simulators::yeeuu_cloud yeeuu{simulators::yeeuu_registration{}};
};

bool says_there_is_no_such_interface(const std::string& answer) {
    return answer.find("no such API") != std::string::npos || answer.find("接口不存在") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(simulator_routes_test)

BOOST_AUTO_TEST_CASE(the_simulator_of_each_lock_cloud_serves_every_method_of_its_document) {
    simulated_clouds clouds;
    for (const auto& subject : vendor_subjects()) {
        for (const auto& method : subject.cloud->methods()) {
            BOOST_TEST_CONTEXT(subject.vendor << " " << method.name) {
                const auto request = encode(subject, method, sample_fields(method));
                BOOST_REQUIRE(request);
                const auto answer = clouds.answer_to(subject, *request);
                BOOST_TEST(!answer.empty());
                BOOST_TEST(!says_there_is_no_such_interface(answer), answer);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_method_that_is_in_no_document_is_refused) {
    simulated_clouds clouds;
    for (const auto& subject : vendor_subjects()) {
        BOOST_TEST_CONTEXT(subject.vendor) {
            const auto& method = subject.cloud->methods().front();
            auto request = encode(subject, method, sample_fields(method)).value();
            request.url.replace(request.url.find(method.name), method.name.size(), "no_method_of_theirs");
            BOOST_TEST(says_there_is_no_such_interface(clouds.answer_to(subject, std::move(request))));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
