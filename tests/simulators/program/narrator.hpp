#pragma once
// Tells on the terminal what the simulated systems see, a line each, in plain words.
#include <map>
#include <string>
#include <string_view>

#include "tests/simulators/program/cloud_server.hpp"
#include "tests/simulators/program/gateway_server.hpp"
#include "tests/simulators/program/pms_server.hpp"
#include "tests/simulators/program/yeeuu_server.hpp"

namespace lockhub::simulators {

// "丁盯   call add_password for room 301": who, then what. One write a line.
void say(std::string_view who, std::string_view what);

void narrate(cloud_server& cloud);  // all keep a reference to their server
void narrate(gateway_server& gateway);
void narrate(yeeuu_server& cloud);
void narrate(pms_server& pms);

}  // namespace lockhub::simulators
