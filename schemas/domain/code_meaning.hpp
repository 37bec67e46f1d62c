#pragma once
// What a lock cloud's error code means, in both languages, and what can be done about it.
#include <cstdint>
#include <string_view>

namespace lockhub {

enum class code_advice : std::uint8_t {
    none,                // success, or nobody knows
    retry,               // trouble on the vendor's side that passes
    wait,                // the hub mends it by itself; only when it stays is it anybody's work
    check_credentials,   // clock, id and secret of the account
    check_request,       // a parameter
    check_directory,     // the room, home or lock is not known there: provision or bind it
    check_lock,          // on line, battery, gateway
    pair_again,          // unbind the lock and pair it again
    check_permissions,   // the account may not do this
    already_so,          // what was to be made is there
    choose_other_value,  // another time or PIN
    ask_vendor,          // nobody published more
};
std::string_view to_string(code_advice advice);
// A sentence each; "" for none.
std::string_view in_english(code_advice advice);
std::string_view in_chinese(code_advice advice);

struct code_meaning {
    std::string_view chinese{};  // "" where nobody published a meaning
    std::string_view english{};
    code_advice advice = code_advice::none;

    bool is_known() const { return !chinese.empty(); }
};

}  // namespace lockhub
