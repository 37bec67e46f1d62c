#include "storage/sqlite/inventory_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "storage/sqlite/command_outcome.hpp"

namespace lockhub::storage::sqlite {

namespace {

constexpr std::string_view found_on_lock = "found on the lock";
constexpr std::string_view not_on_lock = "twice not found on the lock";
constexpr std::string_view failed_there = "the lock cloud reports it as failed";
constexpr std::string_view seen_no_more = "seen no more";

void end_doubt(workspace& w, command_record command, const doubt_answer& answer) {
    const bool done = answer.what == doubt_finding::done;
    const auto why = done ? found_on_lock : answer.what == doubt_finding::failed ? failed_there : not_on_lock;
    finish_command(w, std::move(command),
                   {.state = done ? command_state::done : command_state::rejected,
                    .credential_ref = answer.credential_ref,
                    .message = std::string(why)});
}

std::set<std::string> own_labels(workspace& w, const lock_place& lock,
                                 const std::vector<reported_credential>& reported) {
    std::set<std::string> out;
    for (const auto& entry : reported)
        if (!entry.label.empty() && w.commands.exists_for(entry.label, lock.row)) out.insert(entry.label);
    return out;
}

known_pin known_from(const credential_in_books& row) {
    known_pin out;
    out.credential_ref = row.credential_ref;
    out.label = row.action;
    out.room = row.room_row.value_or(0);
    out.manage = row.purpose == purpose_of(true);
    out.wanted = row.wanted;
    out.present = row.active;
    out.computed = row.computed;
    out.frozen = row.frozen;
    out.accepted = row.accepted;
    out.valid_until = row.valid_until;
    return out;
}

constexpr std::string_view left_frozen = "it is frozen, and writing it would make it open: a new PIN takes its place";

class noting {
  public:
    noting(workspace& w, const lock_place& lock, const inventory_report& report, time_point now)
        : w_(w), lock_(lock), report_(report), now_(now), books_(w.credentials.books_of(lock.row)) {}

    differences_noted run() {
        std::vector<known_pin> known;
        for (const auto& row : books_) known.push_back(known_from(row));
        const auto compared =
            compare_pins(known, report_.credentials, own_labels(w_, lock_, report_.credentials), now_);
        for (std::size_t i = 0; i < books_.size(); ++i) believe(books_[i], compared.sightings[i]);
        std::vector<std::int64_t> seen;
        for (const auto& difference : compared.differences) {
            const auto id = w_.differences.see(described(difference), now_);
            seen.push_back(id);
            if (difference.repair) out_.mendable_ones.push_back({id, *difference.repair});
            if (!difference.repair && difference.known && books_[*difference.known].frozen)
                w_.differences.set_state(id, drift_state::open, left_frozen);
        }
        out_.found = static_cast<std::uint32_t>(seen.size());
        settle_others(seen);
        return std::move(out_);
    }

  private:
    void believe(credential_in_books& row, const pin_comparison::sighting& sighting) {
        if (row.computed) return;
        if (sighting.found) {
            const auto& ref = report_.credentials[*sighting.found].credential_ref;
            if (ref != row.credential_ref && w_.credentials.rename(lock_.row, row.credential_ref, ref))
                row.credential_ref = ref;
        }
        if (sighting.what == presence::gone && row.active)
            w_.credentials.mark_gone(lock_.row, row.credential_ref, now_);
        if (sighting.what == presence::there && !row.active)
            w_.credentials.mark_present(lock_.row, row.credential_ref, now_);
    }

    difference_seen described(const pin_drift& difference) {
        difference_seen out;
        out.kind = difference.kind;
        out.account = lock_.account;
        out.lock_row = lock_.row;
        if (difference.found) describe_found(out, report_.credentials[*difference.found]);
        if (difference.known) describe_known(out, books_[*difference.known]);
        const bool of_room = difference.kind == drift_kind::pin_missing ||
                             difference.kind == drift_kind::validity_differs ||
                             difference.kind == drift_kind::frozen_differs;
        out.subject = of_room ? fmt::format("{} of room {}", purpose_of(out.manage), out.room_row.value_or(0))
                              : out.credential_ref;
        return out;
    }

    void describe_found(difference_seen& out, const reported_credential& entry) {
        out.credential_ref = entry.credential_ref;
        out.name = entry.label;
        out.manage = entry.manage;
        out.found_until = entry.valid_until;
        out.found_frozen = entry.frozen;
        const auto made = w_.actions.find(entry.label);
        if (!made || !w_.commands.exists_for(entry.label, lock_.row)) return;
        out.action = made->action;
        out.room_row = made->room_row;
        out.manage = made->manage;
    }

    void describe_known(difference_seen& out, const credential_in_books& row) {
        out.credential_ref = row.credential_ref;
        out.wanted_until = row.valid_until;
        if (row.action.empty()) return;
        out.action = row.action;
        out.room_row = row.room_row;
        out.manage = row.purpose == purpose_of(true);
    }

    void settle_others(const std::vector<std::int64_t>& seen) {
        for (const auto& old : w_.differences.on_lock(lock_.row)) {
            if (old.kind == drift_kind::unverifiable || old.state == drift_state::repairing) continue;
            if (std::ranges::find(seen, old.id) != seen.end()) continue;
            w_.differences.settle(old.id, seen_no_more, now_);
            out_.settled += 1;
        }
    }

    workspace& w_;
    const lock_place& lock_;
    const inventory_report& report_;
    time_point now_;
    std::vector<credential_in_books> books_;
    differences_noted out_;
};

}  // namespace

doubts_judged judge_doubts(workspace& w, const lock_place& lock, const inventory_report& report) {
    doubts_judged out;
    for (auto& command : w.commands.doubts_of(lock.row)) {
        const auto row = w.differences.find_doubt(lock.row, command.action);
        const auto answer =
            judge_doubt({.label = command.action, .verb = command.verb, .credential_ref = command.credential_ref},
                        report.credentials);
        if (answer.what == doubt_finding::unclear) continue;
        if (answer.what == doubt_finding::absent && row && row->tries == 0) {
            w.differences.set_tries(row->id, 1);
            out.again_soon = true;
            continue;
        }
        const bool unwanted = row && !row->wanted && answer.what == doubt_finding::done;
        const auto ref = answer.credential_ref.empty() ? command.credential_ref : answer.credential_ref;
        const bool writes = command.verb != command_verb::remove_pin;
        end_doubt(w, std::move(command), answer);
        if (unwanted && writes) w.credentials.set_wanted(lock.row, ref, false);
        out.settled += 1;
    }
    return out;
}

differences_noted note_differences(workspace& w, const lock_place& lock, const inventory_report& report,
                                   time_point now) {
    return noting(w, lock, report, now).run();
}

}  // namespace lockhub::storage::sqlite
