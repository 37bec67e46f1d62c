#include "tests/bench/push_bodies.hpp"

#include <fmt/format.h>

#include <chrono>

#include "tests/simulators/push_body.hpp"

namespace lockhub::bench {

namespace {

constexpr std::uint64_t pushes_a_millisecond = 50;

}  // namespace

push_bodies::push_bodies(std::size_t locks)
    : locks_(locks),
      first_ms_(
          std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()) {}

std::string push_bodies::lock_uuid(std::size_t lock) {
    return fmt::format("{:032x}", 0x0a1b2c3d4e5f6071U + lock * 7919U);
}

void push_bodies::append(std::uint64_t number, std::string& out) const {
    const bool opening = number % 2 == 0;
    simulators::push_body body;
    body.text("event", opening ? "lockerOpenAlarm" : "batteryAlarm");
    body.text("uuid", lock_uuid(number % locks_));
    body.number("time", first_ms_ + static_cast<std::int64_t>(number / pushes_a_millisecond));
    if (opening) {
        body.json("detail", fmt::format(R"({{"source_name":"租客甲","eventid":{},"source":2,"sourceid":{},)"
                                        R"("notify":1,"audio_played":0}})",
                                        number, 1000 + number % 7));
    } else {
        body.json("detail", fmt::format(R"({{"battery_level":{}}})", number / 2 % 20));
    }
    body.text("center_uuid", "c0ffee00c0ffee00c0ffee00c0ffee00");
    body.text("home_id", "6500aa11bb22cc33dd44ee55");
    body.text("room_id", "6500aa11bb22cc33dd44ee66");
    body.text("nickname", "").null("manufactory");
    out += body.finish(event_url, "right");
}

}  // namespace lockhub::bench
