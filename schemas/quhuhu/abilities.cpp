#include "schemas/quhuhu/abilities.hpp"

#include <array>

namespace lockhub::quhuhu {
namespace {

using enum command_verb;
using lock = ability::lock;

constexpr auto table = std::to_array<ability>({
    {"guestPwd", set_pin, lock::password},
    {"managePwd", set_pin, lock::password},
    {"freezePwd", freeze_pin, lock::password},
    {"offlinePwd", read_dynamic_pin, lock::password},
    {"openDoor", open_door, lock::either},
    {"face", upload_face, lock::either},
    {"fingerprint", upload_fingerprint, lock::either},
    {"access", grant_access, lock::either},
    {"roomCard", make_card, lock::card},
    {"lockState", read_lock, lock::either},
    {"lockLog", read_log, lock::either},
    {"operationLog", read_operation_log, lock::either},
});

}  // namespace

std::span<const ability> ability_table() {
    return table;
}

std::vector<std::string_view> abilities_of(verb_set password_lock, verb_set card_lock) {
    std::vector<std::string_view> out;
    for (const auto& one : table) {
        const bool by_password_lock = one.of != lock::card && password_lock.has(one.verb);
        const bool by_card_lock = one.of != lock::password && card_lock.has(one.verb);
        if (by_password_lock || by_card_lock) out.push_back(one.name);
    }
    return out;
}

}  // namespace lockhub::quhuhu
