#include "schemas/domain/pin_drift.hpp"

#include <algorithm>

#include "schemas/core/name_table.hpp"

namespace lockhub {

namespace {

using progress = reported_credential::progress;

constexpr name_table<drift_kind, drift_kind::pin_foreign> kinds{
    {"pin_missing", "pin_left", "validity_differs", "frozen_differs", "unverifiable", "computed_stays", "pin_foreign"}};
static_assert(kinds.whole());

constexpr duration precision_of_ends = std::chrono::hours(1);

bool over(const std::optional<time_point>& until, time_point now) {
    return until && *until <= now;
}

presence presence_of(const reported_credential& entry) {
    if (entry.stage == progress::running) return presence::unclear;
    const bool never_came = entry.operation == command_verb::set_pin && entry.stage == progress::failed;
    const bool went = entry.operation == command_verb::remove_pin && entry.stage == progress::done;
    return never_came || went ? presence::gone : presence::there;
}

// A cloud may round the end, and may tell one for a PIN without; an end it does not tell proves nothing.
bool ends_differ(const known_pin& wanted, const reported_credential& found, time_point now) {
    if (!found.valid_until) return false;
    if (!wanted.valid_until) return *found.valid_until <= now;
    const auto apart = *wanted.valid_until - *found.valid_until;
    return apart >= precision_of_ends || apart <= -precision_of_ends;
}

class comparison {
  public:
    comparison(const std::vector<known_pin>& known, const std::vector<reported_credential>& reported,
               const std::set<std::string>& own_labels, time_point now)
        : known_(known), reported_(reported), own_labels_(own_labels), now_(now), taken_(reported.size(), false) {
        out_.sightings.resize(known.size());
    }

    pin_comparison run() {
        pair_up(&comparison::same_reference);
        pair_up(&comparison::same_label);
        for (std::size_t i = 0; i < known_.size(); ++i) look_at_known(i);
        for (std::size_t i = 0; i < reported_.size(); ++i)
            if (!taken_[i]) look_at_unknown(i);
        return std::move(out_);
    }

  private:
    using rule = bool (comparison::*)(const known_pin&, const reported_credential&) const;

    // References are given again once they are free: one that was gone is the same PIN only under the same label.
    bool same_reference(const known_pin& pin, const reported_credential& entry) const {
        if (pin.credential_ref != entry.credential_ref) return false;
        return pin.present || entry.label.empty() || entry.label == pin.label;
    }
    bool same_label(const known_pin& pin, const reported_credential& entry) const {
        return !pin.label.empty() && pin.label == entry.label;
    }

    void pair_up(rule same) {
        for (std::size_t i = 0; i < known_.size(); ++i) {
            if (known_[i].computed || out_.sightings[i].found) continue;
            for (std::size_t j = 0; j < reported_.size(); ++j) {
                if (taken_[j] || !(this->*same)(known_[i], reported_[j])) continue;
                taken_[j] = true;
                out_.sightings[i].found = j;
                break;
            }
        }
    }

    void add(drift_kind kind, std::optional<std::size_t> known, std::optional<std::size_t> found,
             std::optional<command_verb> repair) {
        out_.differences.push_back({.kind = kind, .known = known, .found = found, .repair = repair});
    }

    // A frozen one opens nothing: that it is gone, or ends at another time, can wait until it is wanted again, and
    // writing it would thaw it.
    static std::optional<command_verb> unless_frozen(const known_pin& pin, command_verb repair) {
        return pin.frozen ? std::nullopt : std::optional(repair);
    }

    void look_at_known(std::size_t i) {
        const auto& pin = known_[i];
        if (pin.computed) return look_at_computed(i);
        auto& sighting = out_.sightings[i];
        sighting.what = sighting.found ? presence_of(reported_[*sighting.found]) : presence::gone;
        if (over(pin.valid_until, now_) && pin.wanted) return;
        if (sighting.what == presence::there) look_at_found(i, *sighting.found);
        if (sighting.what == presence::gone && pin.wanted && !pin.local())
            add(drift_kind::pin_missing, i, std::nullopt, unless_frozen(pin, command_verb::set_pin));
    }

    void look_at_found(std::size_t i, std::size_t j) {
        const auto& pin = known_[i];
        const auto& entry = reported_[j];
        const bool opens = !over(entry.valid_until, now_);
        if (pin.local()) {
            if (opens && !pin.accepted) add(drift_kind::pin_foreign, i, j, std::nullopt);
            return;
        }
        if (!pin.wanted) {
            if (opens) add(drift_kind::pin_left, i, j, command_verb::remove_pin);
            return;
        }
        if (ends_differ(pin, entry, now_))
            add(drift_kind::validity_differs, i, j, unless_frozen(pin, command_verb::replace_pin));
        if (pin.frozen != entry.frozen)
            add(drift_kind::frozen_differs, i, j, pin.frozen ? command_verb::freeze_pin : command_verb::unfreeze_pin);
    }

    // One that was made later, or a disable since, says that it should not open any more.
    void look_at_computed(std::size_t i) {
        const auto& pin = known_[i];
        if (!pin.present || pin.accepted || over(pin.valid_until, now_)) return;
        const bool replaced = std::ranges::any_of(known_, [&](const known_pin& other) {
            return !other.computed && other.wanted && other.room == pin.room && other.manage == pin.manage &&
                   other.label > pin.label;
        });
        if (replaced || !pin.wanted) add(drift_kind::computed_stays, i, std::nullopt, std::nullopt);
    }

    void look_at_unknown(std::size_t j) {
        const auto& entry = reported_[j];
        if (presence_of(entry) != presence::there || over(entry.valid_until, now_)) return;
        if (own_labels_.contains(entry.label))
            add(drift_kind::pin_left, std::nullopt, j, command_verb::remove_pin);
        else
            add(drift_kind::pin_foreign, std::nullopt, j, std::nullopt);
    }

    const std::vector<known_pin>& known_;
    const std::vector<reported_credential>& reported_;
    const std::set<std::string>& own_labels_;
    time_point now_;
    std::vector<bool> taken_;
    pin_comparison out_;
};

const reported_credential* find_labelled(const std::vector<reported_credential>& reported, std::string_view label) {
    const auto found = std::ranges::find(reported, label, &reported_credential::label);
    return label.empty() || found == reported.end() ? nullptr : &*found;
}

const reported_credential* find_referred(const std::vector<reported_credential>& reported, std::string_view ref) {
    const auto found = std::ranges::find(reported, ref, &reported_credential::credential_ref);
    return ref.empty() || found == reported.end() ? nullptr : &*found;
}

// What the entry says about the verb, where it was the last thing done to it.
doubt_finding stage_of(const reported_credential& entry, command_verb verb, doubt_finding otherwise) {
    if (entry.stage == progress::running) return doubt_finding::unclear;
    if (entry.operation != verb) return otherwise;
    return entry.stage == progress::failed ? doubt_finding::failed : otherwise;
}

doubt_answer judge_writing(const pin_doubt& doubt, const std::vector<reported_credential>& reported) {
    using enum doubt_finding;
    if (const auto* entry = find_labelled(reported, doubt.label)) {
        const auto what = stage_of(*entry, doubt.verb, done);
        return {what, what == done ? entry->credential_ref : std::string()};
    }
    const auto* entry = find_referred(reported, doubt.credential_ref);
    return {entry ? stage_of(*entry, doubt.verb, absent) : absent};
}

}  // namespace

std::string_view to_string(drift_kind kind) {
    return kinds.of(kind);
}
std::optional<drift_kind> drift_kind_from(std::string_view name) {
    return kinds.find(name);
}

pin_comparison compare_pins(const std::vector<known_pin>& known, const std::vector<reported_credential>& reported,
                            const std::set<std::string>& own_labels, time_point now) {
    return comparison(known, reported, own_labels, now).run();
}

doubt_answer judge_doubt(const pin_doubt& doubt, const std::vector<reported_credential>& reported) {
    using enum doubt_finding;
    const auto* named = find_referred(reported, doubt.credential_ref);
    switch (doubt.verb) {
        case command_verb::set_pin:
        case command_verb::replace_pin:
            return judge_writing(doubt, reported);
        case command_verb::remove_pin:
            if (doubt.credential_ref.empty()) return {};
            return {named && presence_of(*named) != presence::gone ? stage_of(*named, doubt.verb, absent) : done};
        case command_verb::freeze_pin:
        case command_verb::unfreeze_pin:
            if (doubt.credential_ref.empty()) return {};
            if (!named) return {failed};
            return {stage_of(*named, doubt.verb,
                             named->frozen == (doubt.verb == command_verb::freeze_pin) ? done : absent)};
        default:
            return {};
    }
}

}  // namespace lockhub
