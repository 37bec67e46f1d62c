// PINs, pictures, fingerprints, mobile numbers and secrets a PMS, a lock cloud or a card brings in: in no log line, at
// any level, and in no metric.
#include <fcntl.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>

#include "hub/observe/log.hpp"
#include "tests/integration/lockapi_world.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

// Everything the hub logs meanwhile, at every level.
class caught_log {
  public:
    caught_log() : fd_(open((folder_ / "log").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600)) {
        hub::log::configure(hub::log::level::debug, hub::log::format::json, nullptr, fd_);
    }
    ~caught_log() {
        hub::log::configure(hub::log::level::error, hub::log::format::text, nullptr);
        close(fd_);
    }
    std::string text() const {
        std::ostringstream out;
        out << std::ifstream(folder_ / "log").rdbuf();
        return out.str();
    }

  private:
    test::temporary_folder folder_;
    int fd_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_secrecy_test)

BOOST_AUTO_TEST_CASE(nothing_that_opens_a_door_and_no_secret_reaches_the_log_or_the_metrics) {
    test::lockapi_world world("show_pins_in_log = true");
    const caught_log caught;
    std::vector<std::string> planted{"482913", "771204", "made-up-sign-key-7QxLr2", "demo-secret",
                                     "dfd5489d0cee31f0bdfaf59d0d42d71f"};
    world.call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}});
    world.call("enableManagePwd", {{"roomId", "rm302"}, {"pwd", "771204"}});
    planted.push_back(world.call("enableGuestPwd", {{"roomId", "rm304"}}).data().text_of("pwd"));
    world.run_for(5s);
    world.push(world.cloud.open_by_pin(world.lock_301, 1001, world.time.now(), world.chance));
    world.push(world.cloud.set_online(world.lock_301, false, world.time.now(), world.chance));
    world.run_for(5s);
    planted.push_back(world.call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}}).data().text_of("pwd"));
    world.call("queryGuestPwd", {{"roomId", "rm301"}});
    world.call("queryLockLog", {{"roomIds", "rm301"},
                                {"startTime", "2026-11-21 00:00:00"},
                                {"endTime", "2026-11-22 23:59:59"},
                                {"pageNum", "1"},
                                {"pageSize", "20"}});
    const simulators::text_fields guest{
        {"guestId", "guest-7"}, {"startTime", "2026-11-21 00:00:00"}, {"endTime", "2026-11-24 00:00:00"}};
    const auto give = [&](const std::string& method, const std::string& name, const std::string& value) {
        auto fields = guest;
        fields.emplace_back("roomId", "rm302");
        fields.emplace_back(name, value);
        world.call(method, fields);
        world.run_for(5s);
        planted.push_back(value);
    };
    give("enableFace", "face", "/9j/4AAQSkZJRgABmade7up7picture0");
    give("enableFace", "face", "R0lGODlhmade7up7picture7that7is7none");
    give("enableFingerprint", "fingerprint", "4f4e0102aabbccdd");
    give("enableFingerprint", "fingerprint", "4f4e0102aabbccddeef");
    give("grantAccess", "mobile", "13911112222");
    give("grantAccess", "mobile", "1391111222x");
    give("revokeAccess", "mobile", "13911113333");
    world.cloud.knobs.error.chance = 1;
    world.box.knobs.error.chance = 1;
    world.call("disableGuestPwd", {{"roomId", "rm304"}});
    world.call("disableManagePwd", {{"roomId", "rm302"}});
    give("enableFace", "face", "/9j/4AAQSkZJRgABrefused7picture0");
    give("enableFingerprint", "fingerprint", "4f4e0102eeff0011");
    world.run_for(1min);

    const auto logged = caught.text();
    const auto counted = world.counted().text();
    BOOST_TEST(logged.find("lockapi.answered") != std::string::npos, "the log was caught");
    BOOST_TEST(counted.find("enableGuestPwd") != std::string::npos, "the metrics were read");
    for (const auto& text : planted) {
        BOOST_TEST(!text.empty());
        BOOST_TEST(logged.find(text) == std::string::npos, text);
        BOOST_TEST(counted.find(text) == std::string::npos, text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
