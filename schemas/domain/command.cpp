#include "schemas/domain/command.hpp"

#include "schemas/core/name_table.hpp"

namespace lockhub {

namespace {

// In the order of command_verb.
constexpr name_table<command_verb, command_verb::count_log> names{
    {"set_pin",          "replace_pin",  "remove_pin",    "freeze_pin",         "unfreeze_pin", "read_pins",
     "read_dynamic_pin", "read_lock",    "read_log",      "list_devices",       "make_card",    "read_card",
     "clear_card",       "lose_cards",   "open_door",     "upload_face",        "stop_face",    "upload_fingerprint",
     "stop_fingerprint", "grant_access", "revoke_access", "read_operation_log", "count_log"}};
static_assert(names.whole());

}  // namespace

std::string_view to_string(command_verb verb) {
    return names.of(verb);
}

std::optional<command_verb> command_verb_from(std::string_view name) {
    return names.find(name);
}

bool changes_lock(command_verb verb) {
    switch (verb) {
        case command_verb::set_pin:
        case command_verb::replace_pin:
        case command_verb::remove_pin:
        case command_verb::freeze_pin:
        case command_verb::unfreeze_pin:
        case command_verb::make_card:
        case command_verb::clear_card:
        case command_verb::lose_cards:
        case command_verb::open_door:
        case command_verb::upload_face:
        case command_verb::stop_face:
        case command_verb::upload_fingerprint:
        case command_verb::stop_fingerprint:
        case command_verb::grant_access:
        case command_verb::revoke_access:
            return true;
        case command_verb::read_pins:
        case command_verb::read_dynamic_pin:
        case command_verb::read_lock:
        case command_verb::read_log:
        case command_verb::list_devices:
        case command_verb::read_card:
        case command_verb::read_operation_log:
        case command_verb::count_log:
            return false;
    }
    return true;
}

}  // namespace lockhub
