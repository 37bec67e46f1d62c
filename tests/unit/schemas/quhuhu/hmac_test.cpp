#include "schemas/quhuhu/hmac.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/wire/digest.hpp"

using namespace lockhub;
using namespace lockhub::quhuhu;
using wire::form;

namespace {

const secret key("made-up-sign-key-7QxLr2");

form worked_example() {
    return form({{"version", "1.1.0"},
                 {"pmsId", "demopms"},
                 {"hotelNo", "H10086"},
                 {"operatorGuid", "op-77"},
                 {"operatorName", "前台甲"}});
}

form with(form fields, const char* name, const char* value) {
    fields.add(name, value);
    return fields;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(quhuhu_hmac)

BOOST_AUTO_TEST_CASE(the_worked_example_is_reproduced) {
    BOOST_TEST(
        sign_string(worked_example(), key, hmac_variant::demo) ==
        "hotelNo=H100made-up-sign-key-7QxLr286&operatorGuid=op-77&operatorName=前台甲&pmsId=demopms&version=1.1.0");
    BOOST_TEST(make_hmac(worked_example(), key) == "7A8D777310C6B58D94C9CF85150E102E");
    BOOST_TEST(make_hmac(worked_example(), key, hmac_variant::legacy_sorted_values) ==
               "8CA86DFEEEC090E4C16933875F3ED799");
}

BOOST_AUTO_TEST_CASE(empty_values_are_dropped_by_the_demo_and_signed_by_the_other) {
    const auto fields = with(worked_example(), "pwd", "");
    BOOST_TEST(make_hmac(fields, key) == make_hmac(worked_example(), key));
    BOOST_TEST(sign_string(fields, key, hmac_variant::keep_empty_byte12).contains("&pwd=&"));
}

BOOST_AUTO_TEST_CASE(the_hmac_field_never_signs_itself_in_any_spelling) {
    for (const auto* name : {"hmac", "HMAC", "Hmac"}) {
        const auto fields = with(worked_example(), name, "0123456789ABCDEF0123456789ABCDEF");
        for (const auto variant :
             {hmac_variant::demo, hmac_variant::keep_empty_byte12, hmac_variant::legacy_sorted_values}) {
            BOOST_TEST(make_hmac(fields, key, variant) == make_hmac(worked_example(), key, variant));
        }
    }
}

BOOST_AUTO_TEST_CASE(upper_case_names_sort_before_lower_case_ones) {
    const form fields({{"b", "2"}, {"Z", "1"}, {"a", "3"}});
    BOOST_TEST(sign_string(fields, secret("K"), hmac_variant::demo) == "Z=1&a=3&b=2K");
}

BOOST_AUTO_TEST_CASE(fields_sort_by_name_in_the_demo_and_by_the_whole_pair_in_the_other) {
    const form fields({{"room", "x"}, {"room-id", "y"}});  // '-' stands before '='
    BOOST_TEST(sign_string(fields, secret("K"), hmac_variant::demo) == "room=x&room-Kid=y");
    BOOST_TEST(sign_string(fields, secret("K"), hmac_variant::keep_empty_byte12) == "room-id=y&roKom=x");
}

BOOST_AUTO_TEST_CASE(the_key_follows_the_twelfth_character_in_the_demo_and_the_twelfth_byte_in_the_other) {
    const form fields({{"hotelNo", "杭州西湖店1"}});  // byte 12 falls into the second character
    BOOST_TEST(sign_string(fields, secret("K"), hmac_variant::demo) == "hotelNo=杭州西湖K店1");
    BOOST_TEST(sign_string(fields, secret("K"), hmac_variant::keep_empty_byte12) == "hotelNo=杭\xE5K\xB7\x9E西湖店1");
}

BOOST_AUTO_TEST_CASE(a_character_beyond_the_basic_plane_counts_twice) {
    BOOST_TEST(sign_string(form({{"hotelNo", "😀😀店"}}), secret("K"), hmac_variant::demo) == "hotelNo=😀😀K店");
}

BOOST_AUTO_TEST_CASE(a_surrogate_pair_parted_by_the_key_becomes_two_question_marks_as_in_java) {
    BOOST_TEST(sign_string(form({{"hotelNo", "店店店😀店"}}), secret("K"), hmac_variant::demo) ==
               "hotelNo=店店店?K?店");
}

BOOST_AUTO_TEST_CASE(a_text_shorter_than_twelve_characters_gets_the_key_at_its_end) {
    for (const auto variant : {hmac_variant::demo, hmac_variant::keep_empty_byte12}) {
        BOOST_TEST(sign_string(form({{"a", "1"}}), secret("K"), variant) == "a=1K");
        BOOST_TEST(sign_string(form({{"abcdefghij", "1"}}), secret("K"), variant) == "abcdefghij=1K");
        BOOST_TEST(sign_string(form(), secret("K"), variant) == "K");
    }
}

BOOST_AUTO_TEST_CASE(either_case_verifies) {
    BOOST_TEST(verify_hmac(worked_example(), "7A8D777310C6B58D94C9CF85150E102E", key));
    BOOST_TEST(verify_hmac(worked_example(), "7a8d777310c6b58d94c9cf85150e102e", key));
}

BOOST_AUTO_TEST_CASE(another_key_a_changed_value_or_no_hmac_does_not_verify) {
    const auto hmac = make_hmac(worked_example(), key);
    BOOST_TEST(!verify_hmac(worked_example(), hmac, secret("another-key")));
    BOOST_TEST(!verify_hmac(with(worked_example(), "roomId", "rm301"), hmac, key));
    BOOST_TEST(!verify_hmac(worked_example(), hmac.substr(0, 31), key));
    BOOST_TEST(!verify_hmac(worked_example(), "", key, true));
}

BOOST_AUTO_TEST_CASE(a_second_value_of_a_name_breaks_the_hmac) {
    const auto hmac = make_hmac(with(worked_example(), "roomId", "rm301"), key);
    BOOST_TEST(!verify_hmac(with(with(worked_example(), "roomId", "rm301"), "roomId", "rm302"), hmac, key));
    BOOST_TEST(!verify_hmac(with(with(worked_example(), "roomId", "rm302"), "roomId", "rm301"), hmac, key));
}

BOOST_AUTO_TEST_CASE(a_legacy_sender_cannot_choose_the_key_it_is_checked_with) {
    auto fields = with(worked_example(), "SignKey", "forged");
    const auto forged = make_hmac(fields, secret("forged"), hmac_variant::legacy_sorted_values);
    BOOST_TEST(!verify_hmac(fields, forged, key, true));
}

BOOST_AUTO_TEST_SUITE_END()
