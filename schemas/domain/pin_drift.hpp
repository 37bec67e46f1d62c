#pragma once
// What the hub wants on a lock held against what its lock cloud reports, and what would mend each difference. Pure.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/time.hpp"
#include "schemas/domain/command.hpp"

namespace lockhub {

enum class drift_kind : std::uint8_t {
    pin_missing,       // wanted, and not there
    pin_left,          // the hub made it; taken back, or never meant to stay
    validity_differs,  // it ends at another time than wanted
    frozen_differs,    // frozen and should not be, or the reverse
    unverifiable,      // a command whose outcome nobody knows; what is found settles it
    computed_stays,    // computed earlier than the PIN on the lock, and opens until its end: nothing takes it away
    pin_foreign,       // made at the door or by others: listed, never touched
};
std::string_view to_string(drift_kind kind);
std::optional<drift_kind> drift_kind_from(std::string_view name);

// One PIN the hub has in its books for a lock.
struct known_pin {
    std::string credential_ref;
    std::string label;      // the action it was made under; "" of one made at the door or by others
    std::int64_t room = 0;  // wanted PINs of one room and purpose replace one another
    bool manage = false;
    bool wanted = true;
    bool present = true;  // as far as the hub knows
    bool computed = false;
    bool frozen = false;    // wanted so
    bool accepted = false;  // an operator takes it as it is
    std::optional<time_point> valid_until{};

    bool local() const { return label.empty(); }
};

// One difference. `known` and `found` are places in the lists compared.
struct pin_drift {
    drift_kind kind = drift_kind::pin_missing;
    std::optional<std::size_t> known{};
    std::optional<std::size_t> found{};
    std::optional<command_verb> repair{};  // nullopt: nothing the hub may do

    bool operator==(const pin_drift&) const = default;
};

enum class presence : std::uint8_t { there, gone, unclear };  // unclear: the cloud is at work on it

struct pin_comparison {
    std::vector<pin_drift> differences;
    // Of each known PIN, in their order; computed ones are `unclear`, as no cloud reports them.
    struct sighting {
        presence what = presence::unclear;
        std::optional<std::size_t> found{};
    };
    std::vector<sighting> sightings;
};

// `own_labels`: of the labels reported, those of actions of the hub. Ends count as equal within an hour: 丁盯 keeps
// them to the hour. What is over opens nothing and is no difference.
pin_comparison compare_pins(const std::vector<known_pin>& known, const std::vector<reported_credential>& reported,
                            const std::set<std::string>& own_labels, time_point now);

// A command whose outcome nobody knows.
struct pin_doubt {
    std::string label;  // its action
    command_verb verb = command_verb::set_pin;
    std::string credential_ref;  // "" where the reply that names it was lost
};

enum class doubt_finding : std::uint8_t {
    done,     // it took effect
    failed,   // the cloud says that it did not
    absent,   // nothing shows that it did; believed when found twice
    unclear,  // the cloud is at work on it
};
struct doubt_answer {
    doubt_finding what = doubt_finding::unclear;
    std::string credential_ref{};  // done: of set_pin and replace_pin
    bool operator==(const doubt_answer&) const = default;
};
doubt_answer judge_doubt(const pin_doubt& doubt, const std::vector<reported_credential>& reported);

}  // namespace lockhub
