#include "hub/cli/vendor_fields.hpp"

#include <array>
#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace lockhub;
using test::temporary_folder;

namespace {

using enum vendor_parameter::type;
constexpr std::array parameters{vendor_parameter{.name = "rm_id"}, vendor_parameter{.name = "base64", .what = base64},
                                vendor_parameter{.name = "hexs", .what = hex}};
constexpr vendor_method method{.name = "GatewayUploadFace", .parameters = parameters};

std::string read(const std::string& given) {
    const auto fields = hub::read_vendor_fields(&method, {given});
    return fields ? fields->fields().at(0).second : fields.error().message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vendor_fields_test)

BOOST_AUTO_TEST_CASE(a_field_is_its_key_and_everything_after_the_first_equals_sign) {
    const auto fields = hub::read_vendor_fields(&method, {"rm_id=7", "name=a=b", "empty="}).value();
    const std::vector<wire::form::field> wanted{{"rm_id", "7"}, {"name", "a=b"}, {"empty", ""}};
    BOOST_CHECK(fields.fields() == wanted);
    BOOST_CHECK_EQUAL(read("name=@@home"), "@home");
}

BOOST_AUTO_TEST_CASE(what_lost_its_key_is_refused_and_not_repeated) {
    for (const auto* given : {"482913", "=482913", "@482913"}) {
        BOOST_CHECK_EQUAL(read(given), "fields are given as key=value or key=@file");
    }
}

BOOST_AUTO_TEST_CASE(a_file_becomes_the_value_and_a_picture_becomes_base64) {
    const temporary_folder folder;
    const auto file = [&](const std::string& content) { return folder.write("file", content).string(); };
    BOOST_CHECK_EQUAL(read("rm_id=@" + file("7\n")), "7");
    BOOST_CHECK_EQUAL(read("base64=@" + file("\xff\xd8\xff")), "/9j/");
    BOOST_CHECK_EQUAL(read("base64=@" + file("/9j/\r\n")), "/9j/");
    BOOST_CHECK_EQUAL(read("hexs=@" + file("\xab\xcd")), "ab-cd");
    BOOST_CHECK_EQUAL(read("hexs=@" + file("ab-cd\n")), "ab-cd");
    BOOST_CHECK(read("rm_id=@" + file("\xff")).ends_with("is no text"));
}

BOOST_AUTO_TEST_CASE(files_that_are_missing_or_too_large_are_refused_by_their_key) {
    const temporary_folder folder;
    BOOST_CHECK(read("base64=@/nonexistent/face.jpg") == "base64: cannot read the file /nonexistent/face.jpg");
    const auto large = folder.write("large", std::string(limits::face_body_bytes, 'x') + "yy").string();
    BOOST_CHECK(read("rm_id=@" + large).find("makes more than") != std::string::npos);
    BOOST_CHECK(read("base64=@" + large).find("makes more than") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
