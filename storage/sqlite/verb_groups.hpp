#pragma once
// Goals that belong together: what one of a pair does, the other undoes.
#include <optional>

#include "schemas/domain/command.hpp"
#include "storage/sqlite/access_table.hpp"

namespace lockhub::storage::sqlite {

constexpr bool is_pin_pair(command_verb verb) {
    return verb == command_verb::set_pin || verb == command_verb::remove_pin;
}

constexpr bool is_freeze_pair(command_verb verb) {
    return verb == command_verb::freeze_pin || verb == command_verb::unfreeze_pin;
}

// nullopt for verbs that are about no face, fingerprint or access.
constexpr std::optional<right_kind> right_of(command_verb verb) {
    switch (verb) {
        case command_verb::upload_face:
        case command_verb::stop_face:
            return right_kind::face;
        case command_verb::upload_fingerprint:
        case command_verb::stop_fingerprint:
            return right_kind::fingerprint;
        case command_verb::grant_access:
        case command_verb::revoke_access:
            return right_kind::access;
        default:
            return std::nullopt;
    }
}

constexpr bool gives_right(command_verb verb) {
    return verb == command_verb::upload_face || verb == command_verb::upload_fingerprint ||
           verb == command_verb::grant_access;
}

constexpr bool takes_right(command_verb verb) {
    return right_of(verb).has_value() && !gives_right(verb);
}

// The pair a goal is one of; nullopt where nothing undoes it.
struct verb_pair {
    command_verb one;
    command_verb other;
};
constexpr std::optional<verb_pair> pair_of(command_verb verb) {
    using enum command_verb;
    if (is_pin_pair(verb)) return verb_pair{set_pin, remove_pin};
    if (is_freeze_pair(verb)) return verb_pair{freeze_pin, unfreeze_pin};
    const auto right = right_of(verb);
    if (!right) return std::nullopt;
    switch (*right) {
        case right_kind::face:
            return verb_pair{upload_face, stop_face};
        case right_kind::fingerprint:
            return verb_pair{upload_fingerprint, stop_fingerprint};
        case right_kind::access:
            return verb_pair{grant_access, revoke_access};
    }
    return std::nullopt;
}

}  // namespace lockhub::storage::sqlite
