#include "schemas/gateway/cloud.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace lockhub;

namespace {

gateway::account_settings settings(std::string base_url = "http://127.0.0.1:19952") {
    return {.account = account_id("gw-1"),
            .base_url = std::move(base_url),
            .appid = "app-1",
            .appsecret = secret("app-secret")};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gateway_cloud_test)

BOOST_AUTO_TEST_CASE(a_gateway_is_called_and_never_calls) {
    const auto cloud = gateway::make_cloud(settings());
    BOOST_CHECK(cloud->push_endpoints().empty());
    BOOST_CHECK(cloud->parse_push({"", "application/json", "{}"}).error().code == errc::unsupported);
    BOOST_CHECK(!cloud->encode_token_request({}));
    BOOST_CHECK(cloud->decode_token({}, {}).error().code == errc::unsupported);
    BOOST_CHECK_EQUAL(cloud->vendor(), "gateway");
    BOOST_CHECK_EQUAL(cloud->account().value, "gw-1");
}

BOOST_AUTO_TEST_CASE(base_urls_that_are_not_absolute_http_or_carry_a_query_are_refused) {
    for (const auto* url : {"", "127.0.0.1:19952", "/Api", "ftp://pc", "http://", "http://pc?x=1", "http://pc/#a"}) {
        BOOST_CHECK_THROW(gateway::make_cloud(settings(url)), std::invalid_argument);
    }
    const auto under_path = gateway::make_cloud(settings("http://pc:19952/locks//"));
    vendor_command read_card;
    read_card.verb = command_verb::read_card;
    const auto request = under_path->encode(read_card, {}, {}, "");
    BOOST_REQUIRE(request);
    BOOST_CHECK_EQUAL(request->url, "http://pc:19952/locks/Api/ReadCard");
}

BOOST_AUTO_TEST_CASE(it_says_what_it_can_do) {
    using enum command_verb;
    const auto traits = gateway::make_cloud(settings())->traits();
    for (const auto verb :
         {set_pin, replace_pin, remove_pin, read_dynamic_pin, list_devices, make_card, read_card, clear_card,
          lose_cards, open_door, upload_face, stop_face, upload_fingerprint, stop_fingerprint}) {
        BOOST_CHECK_MESSAGE(traits.verbs.has(verb), to_string(verb));
    }
    BOOST_CHECK_EQUAL(traits.first_pin_slot, 1);
    BOOST_CHECK_EQUAL(traits.last_pin_slot, 49);
    BOOST_CHECK_EQUAL(traits.first_biometric_slot, 1);
    BOOST_CHECK_EQUAL(traits.last_biometric_slot, 49);
    BOOST_CHECK(traits.removes_offline_pins);
    BOOST_CHECK(traits.offline_believed_for == std::chrono::minutes(10));
}

BOOST_AUTO_TEST_CASE(of_its_codes_only_success_has_a_meaning_and_a_lock_off_line_tells_by_its_text) {
    const auto cloud = gateway::make_cloud(settings());
    BOOST_CHECK_EQUAL(cloud->meaning_of(1, "").chinese, "操作成功");
    for (const int code : {-1, 0, 500}) {
        BOOST_CHECK(!cloud->meaning_of(code, "参数错误").is_known());
        BOOST_CHECK(cloud->meaning_of(code, "门锁离线").advice == code_advice::check_lock);
    }
}

BOOST_AUTO_TEST_SUITE_END()
