#include "hub/observe/log.hpp"

#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <thread>
#include <vector>

#include "schemas/wire/json_value.hpp"
#include "tests/support/manual_clock.hpp"

using namespace lockhub;
namespace logging = lockhub::hub::log;

namespace {

// Lets the log write into a pipe, and puts it back afterwards.
class captured_log {
  public:
    captured_log(logging::level least, logging::format form, const lockhub::clock* time = nullptr) {
        BOOST_REQUIRE(::pipe(ends_.data()) == 0);
        logging::configure(least, form, time, ends_[1]);
    }
    ~captured_log() {
        close_writer();
        ::close(ends_[0]);
    }

    std::string text() {
        close_writer();
        std::string all;
        std::array<char, 4096> part{};
        for (auto bytes = ::read(ends_[0], part.data(), part.size()); bytes > 0;
             bytes = ::read(ends_[0], part.data(), part.size()))
            all.append(part.data(), static_cast<std::size_t>(bytes));
        return all;
    }

  private:
    void close_writer() {
        if (ends_[1] < 0) return;
        logging::configure(logging::level::info, logging::format::text, nullptr);
        ::close(ends_[1]);
        ends_[1] = -1;
    }
    std::array<int, 2> ends_{-1, -1};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(log_test)

BOOST_AUTO_TEST_CASE(a_text_line_names_time_level_event_and_fields) {
    const test::manual_clock time;
    captured_log captured(logging::level::info, logging::format::text, &time);
    logging::info("push.stored", "a push was stored",
                  {{"account", "dd-main"}, {"records", 3}, {"repeat", false}, {"note", "two words"}});
    BOOST_TEST(captured.text() ==
               "2026-11-22T04:00:00.000Z info  push.stored: a push was stored account=dd-main records=3 repeat=false "
               "note=\"two words\"\n");
}

BOOST_AUTO_TEST_CASE(a_json_line_holds_the_same_typed) {
    const test::manual_clock time;
    captured_log captured(logging::level::info, logging::format::json, &time);
    logging::warn("push.refused", "a push was refused", {{"account", "dd-main"}, {"status", -401}, {"repeat", true}});
    BOOST_TEST(
        captured.text() ==
        R"({"time":"2026-11-22T04:00:00.000Z","level":"warn","event":"push.refused","message":"a push was refused",)"
        R"("account":"dd-main","status":-401,"repeat":true})"
        "\n");
}

BOOST_AUTO_TEST_CASE(what_is_below_the_level_is_not_written) {
    captured_log captured(logging::level::warn, logging::format::text);
    BOOST_TEST(!logging::enabled(logging::level::info));
    BOOST_TEST(logging::enabled(logging::level::error));
    logging::debug("a", "not this");
    logging::info("b", "nor this");
    logging::error("c", "but this");
    BOOST_TEST(captured.text() == "error c: but this\n");
}

BOOST_AUTO_TEST_CASE(hostile_text_stays_one_line_of_valid_json) {
    const struct {
        std::string_view given, read_back;
    } cases[] = {
        {"quote \" backslash \\", "quote \" backslash \\"},
        {"line\nbreak\r\ttab", "line\nbreak\r\ttab"},
        {std::string_view("nul \0 escape \x1b[31m", 18), std::string_view("nul \0 escape \x1b[31m", 18)},
        {"门锁 🔑", "门锁 🔑"},
        {"cut \xe9\x97", "cut \xef\xbf\xbd\xef\xbf\xbd"},
        {"\xff\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"surrogate \xed\xa0\x80", "surrogate \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"c1 \xc2\x9b", "c1 \xc2\x9b"},
    };
    for (const auto& one : cases) BOOST_TEST_CONTEXT(one.read_back) {
            captured_log captured(logging::level::info, logging::format::json);
            logging::info("e", one.given, {{"field", one.given}});
            const auto line = captured.text();
            BOOST_TEST(line.find('\n') == line.size() - 1);
            BOOST_TEST(line.find('\x1b') == std::string::npos);
            const auto parsed = wire::json_value::parse(line);
            BOOST_REQUIRE(parsed.has_value());
            BOOST_TEST(parsed->text_of("message") == one.read_back);
            BOOST_TEST(parsed->text_of("field") == one.read_back);
        }
}

BOOST_AUTO_TEST_CASE(hostile_text_cannot_forge_a_line_or_drive_the_terminal) {
    captured_log captured(logging::level::info, logging::format::text);
    logging::info("e", "first\nerror forged: line", {{"agent", "\x1b[2J\xc2\x9b"}, {"quoted", "a \"b\""}});
    BOOST_TEST(captured.text() ==
               "info  e: first\\nerror forged: line agent=\\u001b[2J\\u009b quoted=\"a \\\"b\\\"\"\n");
}

BOOST_AUTO_TEST_CASE(lines_of_several_threads_do_not_mix) {
    captured_log captured(logging::level::info, logging::format::text);
    {
        std::vector<std::jthread> writers;
        for (int thread = 0; thread < 4; ++thread)
            writers.emplace_back([] {
                for (int line = 0; line < 100; ++line)
                    logging::info("event", "0123456789012345678901234567890123456789");
            });
    }
    const auto text = captured.text();
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text.size(); ++lines) {
        const auto end = text.find('\n', at);
        BOOST_REQUIRE(text.substr(at, end - at) == "info  event: 0123456789012345678901234567890123456789");
        at = end + 1;
    }
    BOOST_TEST(lines == 400U);
}

BOOST_AUTO_TEST_SUITE_END()
