#include "hub/observe/traffic_log.hpp"

#include <algorithm>

#include "hub/observe/log.hpp"

namespace lockhub::hub {
namespace {

const tally& tally_of(const push_tallies& tallies, push_outcome_kind outcome) {
    switch (outcome) {
        case push_outcome_kind::stored:
            return tallies.stored;
        case push_outcome_kind::repeated:
            return tallies.repeat;
        case push_outcome_kind::unparsable:
            return tallies.unparsable;
        case push_outcome_kind::unauthentic:
            return tallies.unauthentic;
        case push_outcome_kind::forbidden_source:
            return tallies.forbidden;
        case push_outcome_kind::not_stored:
            return tallies.unavailable;
    }
    return tallies.unavailable;
}

std::string_view outcome_of(const dispatch::command_report& report) {
    switch (report.next) {
        case command_state::awaiting:
            return "accepted";
        case command_state::done:
            return "done";
        case command_state::rejected:
            return "rejected";
        case command_state::expired:
            return "expired";
        case command_state::uncertain:
        case command_state::unverifiable:
            return "lost";
        default:
            return "retry";
    }
}

}  // namespace

traffic_log::traffic_log(metrics& counted, const clock& time)
    : counted_(counted), time_(time), refusals_(limits::refusal_lines_per_second, std::chrono::seconds(1)) {}

bool traffic_log::may_tell_refusal() {
    const auto now = time_.now();
    if (!refusals_.allows(now)) {
        ++untold_refusals_;
        return false;
    }
    refusals_.note(now);
    return true;
}

void traffic_log::pushed(const push_report& report, const push_tallies& tallies) {
    tally_of(tallies, report.outcome).add();
    if (report.outcome == push_outcome_kind::stored || report.outcome == push_outcome_kind::repeated) {
        if (log::enabled(log::level::debug)) {
            log::debug("push.stored",
                       report.outcome == push_outcome_kind::stored ? "stored" : "repeat, nothing changed",
                       {{"account", report.account.value},
                        {"name", report.name},
                        {"device", report.device_uuid},
                        {"records", report.records}});
        }
        return;
    }
    if (may_tell_refusal()) {
        log::warn(
            "push.refused", report.why,
            {{"account", report.account.value}, {"outcome", to_string(report.outcome)}, {"untold", untold_refusals_}});
        untold_refusals_ = 0;
    }
}

void traffic_log::called(const lockapi_report& report) {
    counted_.lockapi_requests(report.pms, report.method, report.code).add();
    if (report.code == 0) {
        log::debug("lockapi.answered", "answered",
                   {{"pms", report.pms}, {"method", report.method}, {"room", report.room}});
    } else if (may_tell_refusal()) {
        log::info("lockapi.refused", "answered with a code of failure",
                  {{"pms", report.pms},
                   {"method", report.method},
                   {"room", report.room},
                   {"code", report.code},
                   {"untold", untold_refusals_}});
        untold_refusals_ = 0;
    }
}

void traffic_log::delivered(const dispatch::delivery_report& report) {
    const auto outcome = report.why == error_class::none ? std::string_view("delivered") : to_string(report.why);
    std::string key(report.pms);
    key += ' ';
    key += outcome;
    auto found = delivery_tallies_.find(key);
    if (found == delivery_tallies_.end()) {
        found = delivery_tallies_.emplace(std::move(key), counted_.deliveries(report.pms, outcome)).first;
    }
    found->second.add();
    if (report.next == delivery_state::dead) {
        counted_.deliveries(report.pms, "dead").add();
    }
    if (report.next == delivery_state::delivered) {
        if (log::enabled(log::level::debug)) {
            log::debug("delivery.delivered", "delivered",
                       {{"pms", report.pms},
                        {"subject", report.subject},
                        {"attempt", report.attempt},
                        {"took_ms", report.took.count()}});
        }
        return;
    }
    log::write(report.next == delivery_state::dead ? log::level::error : log::level::info,
               report.next == delivery_state::dead ? "delivery.dead" : "delivery.failed", report.message,
               {{"pms", report.pms},
                {"subject", report.subject},
                {"attempt", report.attempt},
                {"next", to_string(report.next)},
                {"why", to_string(report.why)},
                {"status", report.http_status},
                {"again_at", report.next == delivery_state::ready ? format_utc(report.due_at) : std::string()}});
}

void traffic_log::commanded(const dispatch::command_report& report) {
    counted_.commands(report.account, outcome_of(report)).add();
    const bool quiet = report.next == command_state::awaiting || report.next == command_state::done;
    log::write(quiet ? log::level::debug : log::level::info, "command.step",
               report.message.empty() ? to_string(report.next) : report.message,
               {{"account", report.account},
                {"action", report.action},
                {"verb", to_string(report.verb)},
                {"from", to_string(report.from)},
                {"next", to_string(report.next)}});
}

void traffic_log::polled(const dispatch::log_poll_report& report) {
    const std::string_view outcome = report.why ? to_string(report.why->code) : report.goes_on ? "goes_on" : "read";
    counted_.log_polls(report.account, outcome).add();
    if (report.told > 0) counted_.polled_openings(report.account).add(report.told);
    // A cloud that is away or busy is told of by its breaker or its pause.
    const bool odd = report.why && report.why->code != errc::unavailable && report.why->code != errc::timeout;
    log::write(odd && may_tell_refusal() ? log::level::info : log::level::debug, "log.polled",
               report.why ? std::string_view(report.why->message) : outcome,
               {{"account", report.account}, {"lock", report.lock_uuid}, {"told", report.told}});
}

void traffic_log::compared(const dispatch::inventory_told& told) {
    if (!told.outcome) {
        counted_.comparisons(told.account, "failed").add();
        log::info("drift.not_compared", told.outcome.error().message,
                  {{"account", told.account}, {"lock", told.lock_uuid}});
        return;
    }
    const auto& applied = *told.outcome;
    counted_.comparisons(told.account, applied.compared ? "compared" : "postponed").add();
    if (applied.repair) counted_.comparisons(told.account, "repair").add();
    const bool news = applied.repair || applied.settled != 0 || applied.doubts_settled != 0;
    log::write(news ? log::level::info : log::level::debug, applied.repair ? "drift.repair" : "drift.compared",
               applied.repair ? std::string_view("a repair is opened") : std::string_view("compared"),
               {{"account", told.account},
                {"lock", told.lock_uuid},
                {"found", applied.found},
                {"settled", applied.settled},
                {"doubts_settled", applied.doubts_settled},
                {"repair", applied.repair ? applied.repair->value : std::string()}});
}

void traffic_log::task_failed(const std::string& name, const std::string& what) {
    log::error("task.failed", what, {{"task", name}});
}

}  // namespace lockhub::hub
