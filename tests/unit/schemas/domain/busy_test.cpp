// What the three clouds' codecs make of an answer that says busy.
#include "schemas/domain/busy.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>

#include "schemas/dingding/cloud.hpp"
#include "schemas/gateway/cloud.hpp"
#include "schemas/yeeuu/cloud.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

struct known_cloud {
    std::unique_ptr<lock_cloud> codec;
    std::string refusal;  // with {} for its text
    vendor_command command;
};

std::vector<known_cloud> clouds() {
    vendor_command command;
    command.verb = command_verb::set_pin;
    command.lock_uuid = "775032240849921";
    command.cloud_home_id = "B01";
    command.credential_ref = "1";
    command.pin = secret("482913");
    std::vector<known_cloud> out;
    dingding::account_settings dd;
    dd.account = account_id("dd");
    dd.base_url = "https://dd.example.com";
    dd.event_url = "https://hub.example.com/a";
    dd.result_url = "https://hub.example.com/b";
    out.push_back({dingding::make_cloud(dd), R"({"ErrNo":15000,"ErrMsg":"TEXT"})", command});
    gateway::account_settings gw;
    gw.account = account_id("gw");
    gw.base_url = "http://gw.example.com";
    out.push_back({gateway::make_cloud(gw), R"({"code":0,"msg":"TEXT"})", command});
    yeeuu::account_settings yy;
    yy.account = account_id("yy");
    yy.guest_mobile = "13000000001";
    yy.manage_mobile = "13000000002";
    out.push_back({yeeuu::make_cloud(yy), R"({"success":false,"desc":"TEXT"})", command});
    return out;
}

wire::http_response answer(int status, std::string body, std::string retry_after = {}) {
    wire::http_response out;
    out.status = status;
    out.body = std::move(body);
    if (!retry_after.empty()) out.headers.emplace_back("Retry-After", std::move(retry_after));
    return out;
}

std::string refusal_of(const known_cloud& cloud, std::string_view text) {
    auto out = cloud.refusal;
    return out.replace(out.find("TEXT"), 4, text);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(busy_test)

BOOST_AUTO_TEST_CASE(too_many_requests_and_a_503_that_says_when_are_busy_and_other_faults_are_not) {
    for (const auto& cloud : clouds()) {
        BOOST_TEST_CONTEXT(cloud.codec->vendor()) {
            struct row {
                int status;
                std::string retry_after;
                bool busy;
            };
            for (const auto& [status, retry_after, busy] :
                 {row{429, "", true}, row{429, "7", true}, row{503, "7", true}, row{503, "", false},
                  row{502, "7", false}, row{500, "", false}}) {
                const auto reply = cloud.codec->decode(cloud.command, answer(status, "<html>", retry_after), {});
                const auto* retry = std::get_if<reply::retry>(&reply);
                BOOST_REQUIRE(retry != nullptr);
                BOOST_TEST(retry->busy == busy, status << " " << retry_after);
                BOOST_CHECK(retry->after == (retry_after.empty() ? std::nullopt : std::optional<duration>(7s)));
                const auto probe = cloud.codec->decode_probe(cloud.command, answer(status, "<html>", retry_after));
                BOOST_TEST(std::get<probe::unclear>(probe).busy == busy);
                const auto method =
                    cloud.codec->decode_method(cloud.codec->methods()[0], answer(status, "<html>", retry_after));
                BOOST_TEST(method.busy == busy);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_with_such_a_text_is_tried_again_and_certainly_did_nothing) {
    for (const auto& cloud : clouds()) {
        BOOST_TEST_CONTEXT(cloud.codec->vendor()) {
            const auto body = refusal_of(cloud, "系统繁忙，请稍后再试");
            const auto reply = cloud.codec->decode(cloud.command, answer(200, body), {});
            const auto* retry = std::get_if<reply::retry>(&reply);
            BOOST_REQUIRE(retry != nullptr);
            BOOST_TEST(retry->busy);
            BOOST_TEST(retry->certain);
            BOOST_TEST(retry->message == "系统繁忙，请稍后再试");
            BOOST_TEST(std::get<probe::unclear>(cloud.codec->decode_probe(cloud.command, answer(200, body))).busy);
            // A lock or a reader that is busy is its own affair.
            const auto refused = cloud.codec->decode(cloud.command, answer(200, refusal_of(cloud, "门锁正忙")), {});
            BOOST_TEST(std::holds_alternative<reply::rejected>(refused));
        }
    }
}

BOOST_AUTO_TEST_CASE(texts_are_known_in_any_case_of_letters) {
    for (const auto* text : {"Too Many Requests", "请求过于频繁", "Rate limit exceeded", "服务器繁忙", "操作频繁"})
        BOOST_TEST(says_busy(text), text);
    for (const auto* text : {"", "门锁离线", "读卡器忙", "success", "参数有误"}) BOOST_TEST(!says_busy(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
