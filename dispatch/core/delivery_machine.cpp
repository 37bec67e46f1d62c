#include "dispatch/core/delivery_machine.hpp"

#include <utility>

#include "dispatch/core/retry_after.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/quhuhu/callback.hpp"

namespace lockhub::dispatch {

namespace {

struct verdict {
    error_class why = error_class::none;
    std::string message;
};

verdict judge(const transport_result& answer) {
    if (!answer) return {answer.error().why, answer.error().message};
    auto said = quhuhu::judge_answer(answer->status, answer->body);
    return {said.delivered ? error_class::none : said.why, std::move(said.message)};
}

storage::delivery_settlement not_counted(const storage::leased_delivery& delivery, time_point now) {
    storage::delivery_settlement out;
    out.id = delivery.id;
    out.lease_token = delivery.lease_token;
    out.count_attempt = false;
    out.started_at = now;
    out.finished_at = now;
    return out;
}

}  // namespace

storage::delivery_settlement settle_attempt(const storage::leased_delivery& delivery, delivery_attempt attempt,
                                            const retry_schedule& schedule, double random) {
    verdict said = judge(attempt.answer);
    storage::delivery_settlement out;
    out.id = delivery.id;
    out.lease_token = delivery.lease_token;
    out.started_at = attempt.started_at;
    out.finished_at = attempt.finished_at;
    out.why = said.why;
    out.message = std::string(clip_utf8(said.message, limits::attempt_message_bytes));

    std::optional<duration> retry_after;
    if (attempt.answer) {
        out.http_status = attempt.answer->status;
        out.response = std::move(attempt.answer->body);
        out.response.resize(clip_utf8(out.response, limits::response_copy_bytes).size());
        retry_after = parse_retry_after(attempt.answer->header("Retry-After"), attempt.finished_at);
    }
    if (said.why == error_class::none) return out;

    const auto wait = schedule.wait_after(delivery.attempt, said.why, retry_after, random);
    out.next = wait ? delivery_state::ready : delivery_state::dead;
    if (wait) out.due_at = attempt.finished_at + *wait;
    return out;
}

storage::delivery_settlement hold_back(const storage::leased_delivery& delivery, std::string reason, time_point now) {
    storage::delivery_settlement out = not_counted(delivery, now);
    out.next = delivery_state::held;
    out.message = std::move(reason);
    return out;
}

storage::delivery_settlement postpone(const storage::leased_delivery& delivery, time_point until, time_point now) {
    storage::delivery_settlement out = not_counted(delivery, now);
    out.next = delivery_state::ready;
    out.due_at = until;
    out.message = "waits: at most 4 identical callbacks in 30 s";
    return out;
}

storage::delivery_settlement give_back(const storage::leased_delivery& delivery, time_point now) {
    storage::delivery_settlement out = not_counted(delivery, now);
    out.next = delivery_state::ready;
    out.due_at = now;
    out.why = error_class::interrupted;
    out.message = "the hub stopped";
    return out;
}

call_end end_of_call(error_class why) {
    if (why == error_class::interrupted) return call_end::interrupted;
    return means_no_contact(why) ? call_end::no_contact : call_end::contact;
}

}  // namespace lockhub::dispatch
