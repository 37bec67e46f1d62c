#include "schemas/yeeuu/cloud.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace lockhub;
using namespace lockhub::yeeuu;

namespace {

account_settings settings() {
    return {.account = account_id("yy-main"),
            .partner_id = "p1",
            .key = secret("madeUp8x"),
            .guest_mobile = "13000000001",
            .manage_mobile = "13000000002",
            .operator_mobile = ""};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yeeuu_cloud_test)

BOOST_AUTO_TEST_CASE(an_account_without_a_usable_url_or_two_numbers_is_refused) {
    BOOST_CHECK_NO_THROW(make_cloud(settings()));
    for (const auto* url :
         {"", "alms.yeeuu.com", "ftp://alms.yeeuu.com", "https://", "https://h/?a=b", "https://h/#x"}) {
        auto bad = settings();
        bad.base_url = url;
        BOOST_CHECK_THROW(make_cloud(bad), std::invalid_argument);
    }
    for (const auto* number : {"", "13000000001"}) {
        auto bad = settings();
        bad.manage_mobile = number;
        BOOST_CHECK_THROW(make_cloud(bad), std::invalid_argument);
    }
}

BOOST_AUTO_TEST_CASE(it_signs_every_call_pushes_nothing_and_publishes_no_codes) {
    const auto cloud = make_cloud(settings());
    BOOST_CHECK_EQUAL(cloud->vendor(), "yeeuu");
    BOOST_CHECK(cloud->push_endpoints().empty());
    BOOST_CHECK(cloud->parse_push({"https://hub.example.com/e", "application/json", "{}"}).error().code ==
                errc::unsupported);
    BOOST_CHECK(!cloud->encode_token_request({}));
    BOOST_CHECK(cloud->decode_token({.status = 200, .headers = {}, .body = "{}"}, {}).error().code ==
                errc::unsupported);
    BOOST_CHECK(!cloud->meaning_of(-1, "房源不存在").is_known());
    BOOST_CHECK(cloud->meaning_of(0, "token错误").advice == code_advice::check_credentials);
    BOOST_CHECK_EQUAL(cloud->acknowledge(1), R"({"success":true,"desc":""})");
    BOOST_CHECK_EQUAL(cloud->refuse({errc::unsupported, "no \"pushes\""}),
                      R"({"success":false,"desc":"no \"pushes\""})");
}

BOOST_AUTO_TEST_CASE(doors_open_from_afar_where_somebody_is_named_who_opens_them) {
    auto with = settings();
    with.operator_mobile = "13000000003";
    BOOST_CHECK(make_cloud(with)->traits().verbs.has(command_verb::open_door));
    BOOST_CHECK(!make_cloud(settings())->traits().verbs.has(command_verb::open_door));
    for (const auto verb : {command_verb::grant_access, command_verb::revoke_access}) {
        BOOST_CHECK(make_cloud(settings())->traits().verbs.has(verb));
    }
}

BOOST_AUTO_TEST_SUITE_END()
