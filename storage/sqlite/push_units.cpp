#include "storage/sqlite/push_units.hpp"

#include "storage/sqlite/command_outcome.hpp"
#include "storage/sqlite/event_projection.hpp"
#include "storage/sqlite/seal_contexts.hpp"

namespace lockhub::storage::sqlite {

namespace {

std::int64_t day_number(time_point t) {
    return std::chrono::floor<std::chrono::days>(t).time_since_epoch().count();
}

std::uint32_t count_records(const parsed_push& push) {
    const auto* events = std::get_if<std::vector<lock_event>>(&push.content);
    return events ? static_cast<std::uint32_t>(events->size()) : 1;
}

std::optional<time_point> first_occurrence(const parsed_push& push) {
    const auto* events = std::get_if<std::vector<lock_event>>(&push.content);
    return events && !events->empty() ? events->front().occurred_at : std::nullopt;
}

// The new push's id; nullopt for a repeat.
std::optional<std::int64_t> store(workspace& w, const push_record& record) {
    const auto& push = record.push;
    const auto hash = blob::of(push.key.hash).bytes;
    inbox_row row{.received_at = record.received_at,
                  .account = record.account.value,
                  .is_result = push.is_result(),
                  .name = push.name,
                  .device_uuid = push.device_uuid,
                  .occurred_at = first_occurrence(push),
                  .records = count_records(push),
                  .sealed = push.may_carry_pin,
                  .body = record.body,
                  .dedupe_order = push.key.order,
                  .dedupe_hash = hash};
    if (push.key.order == 0) {
        row.dedupe_order = day_number(record.received_at);
        // A repeat that crosses midnight is still a repeat.
        if (w.inbox.contains(row.dedupe_order - 1, hash)) return std::nullopt;
    }
    std::string sealed;
    if (row.sealed) {
        sealed = w.seal.seal(record.body, push_context(record.account.value));
        row.body = sealed;
    }
    return w.inbox.insert(row);
}

void apply_result(workspace& w, const push_record& record, std::int64_t push, const command_result& content) {
    if (!content.about_lock || content.ref.empty()) return;
    const auto command = w.commands.find_by_ref(record.account.value, content.ref);
    if (!command)
        w.parked_results.park(record.account.value, content, push, record.received_at);
    else if (is_final(command->state))
        w.ledger.add(ledger_entry::late_results, 1);
    else
        apply_result_to(w, *command, content);
}

}  // namespace

result<push_outcome> record_push(workspace& w, const push_record& record) {
    const auto push = store(w, record);
    if (!push) return push_outcome{.repeat = true, .stored_records = 0};
    w.ledger.add(ledger_entry::pushes, 1);
    if (const auto* content = std::get_if<command_result>(&record.push.content)) {
        apply_result(w, record, *push, *content);
    } else {
        std::uint32_t number = 0;
        for (const auto& event : std::get<std::vector<lock_event>>(record.push.content))
            project_event(w, {.record = record, .push = *push, .number = ++number, .event = event});
    }
    return push_outcome{.repeat = false, .stored_records = count_records(record.push)};
}

}  // namespace lockhub::storage::sqlite
