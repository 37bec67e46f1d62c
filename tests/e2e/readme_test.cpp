// The stay that README.md prints for PMS developers, run as it stands with bash and curl. Only the hub's address is
// another.
#include <boost/test/unit_test.hpp>

#include <sstream>

#include "tests/e2e/lockapi_calls.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/fixtures.hpp"
#include "tests/support/markdown.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr std::size_t room = 1;  // rm301

std::vector<std::string> printed_blocks() {
    const std::string readme = read_text_file(LOCKHUB_SOURCE "/README.md");
    return fenced_blocks(markdown_section(readme, "## For PMS developers"), "sh");
}

class shell {
  public:
    explicit shell(const installation& at, std::string definitions) : at_(at), definitions_(std::move(definitions)) {
        constexpr std::string_view printed = "http://127.0.0.1:8080";
        definitions_.replace(definitions_.find(printed), printed.size(), at.hub());
    }

    // Runs a block after the definitions, as pasting both would; an answer a line.
    std::vector<wire::json_value> run(const std::string& block) const {
        const auto script = at_.folder().write("block.sh", definitions_ + block);
        const auto ran = simulators::run_process({"/bin/bash", script.string()}, std::chrono::seconds(30));
        BOOST_TEST(ran.exit_code == 0, ran.output);
        std::vector<wire::json_value> answers;
        std::istringstream lines(ran.output);
        for (std::string line; std::getline(lines, line);) {
            const auto answer = wire::json_value::parse(line);
            BOOST_REQUIRE_MESSAGE(answer, line);
            BOOST_TEST(code_of(*answer) == 0, line);
            answers.push_back(*answer);
        }
        wait_until_told();
        return answers;
    }

  private:
    void wait_until_told() const {
        eventually("nothing waits", [&] {
            return sql_value(at_.database(),
                             "SELECT (SELECT COUNT(*) FROM actions WHERE state = 'open')"
                             " + (SELECT COUNT(*) FROM outbox WHERE state IN ('ready', 'queued', 'leased'))") == "0";
        });
    }

    const installation& at_;
    std::string definitions_;
};

std::string callback_field(const installation& at, std::string_view path, std::string_view field) {
    const wire::json_value state = at.pms_state();
    for (const wire::json_value& callback : state.find("callbacks")->items()) {
        if (callback.text_of("path") == path) return callback.find("fields")->text_of(field);
    }
    return "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(readme_stay_test)

BOOST_AUTO_TEST_CASE(a_guests_stay_works_as_printed) {
    const auto blocks = printed_blocks();
    BOOST_REQUIRE(blocks.size() == 6U);
    const installation at({.cards = true});
    const shell desk(at, blocks[0]);

    const auto checked_in = desk.run(blocks[1]);
    BOOST_REQUIRE(checked_in.size() == 3U);
    BOOST_TEST(checked_in[0].find("data")->items().size() == 1U);
    BOOST_TEST(checked_in[1].find("data")->find("lockStates")->items().size() == 1U);
    BOOST_TEST(callback_field(at, "/callback/password", "code") == "0");
    BOOST_TEST(callback_field(at, "/callback/password", "actionId") == checked_in[2].find("data")->text_of("actionId"));

    const std::string card = at.lay_card();
    const auto made = desk.run(blocks[2]);
    BOOST_REQUIRE(made.size() == 3U);
    BOOST_TEST(made[0].find("data")->text_of("pwd") == "482913");
    BOOST_TEST(made[1].find("data")->find("readCardList")->items().front().text_of("readerId") == "d0000000");
    BOOST_TEST(callback_field(at, "/callback/make-card", "code") == "0");
    BOOST_TEST(at.card_opens(room, card));

    const auto read = desk.run(blocks[3]);
    BOOST_REQUIRE(read.size() == 2U);
    BOOST_TEST(callback_field(at, "/callback/query-card", "roomId") == "rm301");

    const auto checked_out = desk.run(blocks[4]);
    BOOST_REQUIRE(checked_out.size() == 3U);
    BOOST_TEST(callback_field(at, "/callback/return-card", "code") == "0");
    BOOST_TEST(!at.card_opens(room, card));
    eventually("the PIN is gone", [&] {
        const wire::json_value cloud = at.cloud_state();
        for (const wire::json_value& lock : cloud.find("locks")->items()) {
            if (lock.text_of("uuid") == at.uuid(room)) return lock.find("passwords")->items().empty();
        }
        return false;
    });
    BOOST_TEST(at.pms_state().integer_of("bad_hmacs").value() == 0);
}

BOOST_AUTO_TEST_CASE(lockhubs_own_methods_work_as_printed) {
    const auto blocks = printed_blocks();
    BOOST_REQUIRE(blocks.size() == 6U);
    const installation at({.cards = true});
    BOOST_TEST(at.final_codes(at.check_in(room, "482913")) == "0");
    const auto asked = shell(at, blocks[0]).run(blocks[5]);
    BOOST_REQUIRE(asked.size() == 3U);
    const auto& able = asked[0].find("data")->find("roomList")->items();
    BOOST_REQUIRE(able.size() == 1U);
    BOOST_TEST(able.front().find("abilities")->items().size() == 11U);
    BOOST_TEST(at.final_codes(asked[1].find("data")->text_of("actionId")) == "0");
    BOOST_TEST(!asked[2].find("data")->find("operationLogList")->items().empty());
    const wire::json_value cloud = at.cloud_state();
    for (const wire::json_value& lock : cloud.find("locks")->items()) {
        if (lock.text_of("uuid") != at.uuid(room)) continue;
        BOOST_TEST(lock.find("passwords")->items().front().text_of("frozen") == "true");
    }
}

BOOST_AUTO_TEST_CASE(a_value_that_ends_like_an_empty_one_is_signed_as_printed) {
    const installation at({.cards = true});
    const auto uploaded =
        shell(at, printed_blocks()[0]).run("desk enableFace \"$room\" guestId=g-1 face=/9j/4AAQSkZJRgA= \"$until\"\n");
    BOOST_REQUIRE(uploaded.size() == 1U);
    BOOST_TEST(at.final_codes(uploaded[0].find("data")->text_of("actionId")) == "0");
}

BOOST_AUTO_TEST_SUITE_END()
