#include "dispatch/callback_request.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/quhuhu/hmac.hpp"
#include "schemas/wire/form.hpp"

using namespace lockhub;
using namespace lockhub::dispatch;

namespace {

delivery_target target() {
    delivery_target out;
    out.pms = pms_id("demopms");
    out.key = secret("made-up-sign-key");
    out.url(delivery_kind::password_result) = "http://pms.test/password";
    return out;
}

storage::leased_delivery result_delivery() {
    storage::leased_delivery out;
    out.kind = delivery_kind::password_result;
    out.payload = "actionId=20261122120000123000001&code=0";
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(callback_request_test)

BOOST_AUTO_TEST_CASE(goes_to_the_url_of_its_kind_as_a_signed_form) {
    const auto request = make_callback_request(target(), result_delivery());
    BOOST_TEST(request.method == "POST");
    BOOST_TEST(request.url == "http://pms.test/password");
    BOOST_TEST(request.body.starts_with("actionId=20261122120000123000001&code=0&"));
    const auto fields = wire::form::parse(request.body).value();
    BOOST_TEST(quhuhu::verify_hmac(fields, fields.find("hmac").value(), secret("made-up-sign-key")));
}

BOOST_AUTO_TEST_CASE(is_the_bare_payload_where_the_pms_wants_no_signature) {
    auto plain = target();
    plain.sign = false;
    BOOST_TEST(make_callback_request(plain, result_delivery()).body == result_delivery().payload);
}

BOOST_AUTO_TEST_CASE(names_what_it_is_about) {
    BOOST_TEST(subject_of("eventId=1-1&event=lock.opened&hotelNo=h1") == "lock.opened");
    BOOST_TEST(subject_of("actionId=A26&code=-1") == "A26");
    BOOST_TEST(subject_of("eventId=1-1") == "");
    BOOST_TEST(subject_of("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
