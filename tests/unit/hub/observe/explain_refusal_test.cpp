#include <boost/test/unit_test.hpp>

#include "hub/observe/explain.hpp"
#include "schemas/dingding/cloud.hpp"

using namespace lockhub;

namespace {

hub::surroundings with_cloud() {
    hub::surroundings around;
    around.clouds.push_back(dingding::make_cloud({.account = account_id("dd-main"),
                                                  .event_url = "https://hub.example.com/e",
                                                  .result_url = "https://hub.example.com/r",
                                                  .sign = dingding::sign_policy::required,
                                                  .base_url = "https://lockapi.example.com/openapi/v1",
                                                  .client_id = "c",
                                                  .client_secret = secret("s")}));
    return around;
}

storage::action_row refused(std::int64_t code) {
    storage::action_row row;
    row.state = action_state::failed;
    row.account = "dd-main";
    row.vendor_code = code;
    return row;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(explain_refusal_test)

BOOST_AUTO_TEST_CASE(a_refusal_is_told_in_both_languages_with_what_can_be_done) {
    const auto words = hub::explain_refusal(refused(15012), with_cloud());
    BOOST_TEST(words.english ==
               "The lock cloud said 15012: there is no such room. Check that the lock cloud knows the home, the room "
               "and the lock, and that the room is bound to the right lock.");
    BOOST_TEST(words.chinese ==
               "门锁平台返回 15012：房间信息不存在。请确认门锁平台上存在该公寓、房间和门锁，且房间绑定的门锁正确。");
}

BOOST_AUTO_TEST_CASE(nothing_is_said_of_unknown_codes_other_accounts_and_what_went_well) {
    BOOST_TEST(hub::explain_refusal(refused(424242), with_cloud()).english == "");
    BOOST_TEST(hub::explain_refusal(refused(0), with_cloud()).english == "");
    BOOST_TEST(hub::explain_refusal(refused(15012), {}).english == "");
    auto well = refused(15012);
    well.state = action_state::succeeded;
    BOOST_TEST(hub::explain_refusal(well, with_cloud()).english == "");
}

BOOST_AUTO_TEST_SUITE_END()
