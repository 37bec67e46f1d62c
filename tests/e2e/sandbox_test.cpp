// The page about lockhub-sim, run as it is printed, with bash and curl against the program. Only addresses and pauses
// are others. An answer must have the members that the page shows of it.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <sstream>

#include "schemas/wire/json_value.hpp"
#include "tests/e2e/installation.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/fixtures.hpp"
#include "tests/support/markdown.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out.push_back(line);
    return out;
}

void replace_first(std::string& text, std::string_view what, const std::string& with) {
    const auto at = text.find(what);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, what);
    text.replace(at, what.size(), with);
}

void remove_all(std::string& text, std::string_view what) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at)) text.erase(at, what.size());
}

// What the page shows for each block of commands, in its order.
std::vector<std::string> expected_lines(const std::string& page) {
    std::vector<std::string> out;
    for (const auto& block : fenced_blocks(page, "json"))
        for (auto& line : lines_of(block)) out.push_back(std::move(line));
    return out;
}

void check_shown(const std::string& printed, const std::string& shown) {
    const auto answer = wire::json_value::parse(printed), wanted = wire::json_value::parse(shown);
    BOOST_REQUIRE_MESSAGE(answer && wanted, printed + " against " + shown);
    for (const auto& [name, value] : wanted->members())
        BOOST_TEST(answer->text_of(name) == value.text(), name + " of " + printed);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sandbox_test)

BOOST_AUTO_TEST_CASE(the_page_about_the_sandbox_works_as_printed) {
    for (const std::string_view file : {"sandbox.md", "sandbox.zh-CN.md"}) {
        BOOST_TEST_CONTEXT(file) {
            const auto page = read_text_file(fmt::format("{}/deploy/docs/{}", LOCKHUB_SOURCE, file));
            const temporary_folder folder;
            const auto log = (folder / "sim.log").string();
            auto sim = simulators::child_process::start_logging({LOCKHUB_SIM_PROGRAM,
                                                                 "--quiet",
                                                                 "all",
                                                                 "--hub",
                                                                 "",
                                                                 "--lock",
                                                                 "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                                                                 "--room",
                                                                 "775032240849920=1-101",
                                                                 "--door",
                                                                 "x0001=B01",
                                                                 "--dingding-port",
                                                                 "0",
                                                                 "--gateway-port",
                                                                 "0",
                                                                 "--yeeuu-port",
                                                                 "0",
                                                                 "--pms-port",
                                                                 "0",
                                                                 "--dingding-knob",
                                                                 "result_delay_ms=0"},
                                                                log);
            const auto at = await_addresses(sim, log, 0, 4);
            std::string script = "cd " + folder.path().string() + "\n";
            for (const auto& block : fenced_blocks(page, "sh")) script += block;
            remove_all(script, "sleep 1\n");
            replace_first(script, "$SIM:9101", at[0]);
            replace_first(script, "$SIM:19952", at[2]);
            replace_first(script, "$SIM:9103", at[3]);
            const auto file_of_script = folder.write("page.sh", script);
            const auto ran = simulators::run_process({"/bin/bash", file_of_script.string()}, std::chrono::seconds(60));
            BOOST_TEST(ran.exit_code == 0, ran.output);
            const auto printed = lines_of(ran.output);
            const auto shown = expected_lines(page);
            BOOST_REQUIRE_MESSAGE(printed.size() == shown.size(), ran.output);
            for (std::size_t i = 0; i < shown.size(); ++i) check_shown(printed[i], shown[i]);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
