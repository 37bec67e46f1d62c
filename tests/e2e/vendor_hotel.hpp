#pragma once
// An installation with all three lock clouds, whose methods are called by name: `lockhub vendor call`.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "tests/e2e/installation.hpp"

namespace lockhub::test {

inline constexpr std::string_view entrance_of_yeeuu = "x0001";
inline constexpr std::string_view door_of_yeeuu = "x0001/甲";

inline installation_settings with_all_clouds() {
    installation_settings out;
    out.cards = true;
    out.pms_extra =
        "[[yeeuu]]\naccount = \"yy-main\"\nbase_url = \"{yeeuu}\"\npartner_id = \"000000000000000000000001\"\n"
        "secret = \"demo-secret\"\nguest_mobile = \"13000000001\"\nmanage_mobile = \"13000000002\"\n"
        "operator_mobile = \"13000000003\"\n";
    out.sim_arguments = {"--door", std::string(door_of_yeeuu) + "=B01", "--door",
                         std::string(entrance_of_yeeuu) + "=B01"};
    return out;
}

struct vendor_hotel : installation {
    vendor_hotel() : installation(with_all_clouds()) {}

    simulators::finished_process call(const std::string& account, const std::string& method,
                                      std::vector<std::string> fields) const {
        std::vector<std::string> all{"vendor", "call", account, method, "--yes"};
        all.insert(all.end(), fields.begin(), fields.end());
        return cli(std::move(all));
    }
    // The lock cloud's answer, which must be a success.
    wire::json_value done(const std::string& account, const std::string& method,
                          std::vector<std::string> fields = {}) const {
        const auto said = call(account, method, std::move(fields));
        BOOST_TEST(said.exit_code == 0, method + ": " + said.output);
        auto body = wire::json_value::parse(said.output);
        BOOST_REQUIRE_MESSAGE(body.has_value(), method + ": " + said.output);
        return std::move(*body);
    }
    // What the refusal says.
    std::string refused(const std::string& account, const std::string& method, std::vector<std::string> fields) const {
        const auto said = call(account, method, std::move(fields));
        BOOST_TEST(said.exit_code == 1, method + ": " + said.output);
        BOOST_TEST(said.output.find("refused") != std::string::npos, said.output);
        return said.output;
    }
};

}  // namespace lockhub::test
