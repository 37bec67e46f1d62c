#pragma once
// What happens when somebody tries a simulated door.
#include <string>

namespace lockhub::simulators {

struct door_answer {
    bool opens = false;
    std::string why;  // the credential that opened it, or what was wrong with the one that did not
};

}  // namespace lockhub::simulators
