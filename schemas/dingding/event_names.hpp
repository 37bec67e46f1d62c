#pragma once
// The names 丁盯 gives events and results on the wire, and what each one is about.
#include <string_view>

#include "schemas/domain/lock_event.hpp"

namespace lockhub::dingding {

struct event_name {
    std::string_view canonical;  // one spelling where several are live
    event_kind kind = event_kind::other;
    bool about_lock = true;  // false: meters and installation news
    bool may_carry_pin = false;
    bool known = true;
};

// Never fails: a name nobody has met yet is `other`, about a lock unless its beginning says meter.
event_name find_event_name(std::string_view wire_name);

// False for services of meters ("Elemeter_Control_Service").
bool is_lock_service(std::string_view service);

}  // namespace lockhub::dingding
