#include <fmt/format.h>

#include <algorithm>

#include "hub/observe/explain.hpp"

namespace lockhub::hub {

namespace {

using storage::delivery_detail;
using storage::delivery_row;

const breaker_report* open_breaker(const surroundings& around, const std::string& target) {
    if (!around.service) return nullptr;
    const auto& all = around.service->breakers;
    const auto found = std::ranges::find(all, target, &breaker_report::target);
    return found == all.end() || found->state == "closed" ? nullptr : &*found;
}

std::string last_failure(const delivery_row& row) {
    if (row.why == error_class::none) return {};
    const auto detail = row.message.empty() ? std::string() : fmt::format(" ({})", row.message);
    return fmt::format(" The last attempt failed: {}{}.", describe(row.why).english, detail);
}

std::string last_failure_chinese(const delivery_row& row) {
    return row.why == error_class::none ? std::string() : fmt::format("，上次失败：{}", describe(row.why).chinese);
}

// "attempt 4 of 11" where the schedule is known.
std::string attempts_left(const delivery_row& row, const surroundings& around) {
    if (!around.settings) return fmt::format("after {} attempts", row.attempts);
    return fmt::format("after {} of {} attempts", row.attempts, around.settings->dispatch.retry_schedule.size() + 1);
}

// One id, so that the command can be pasted.
std::string command(std::string_view verb, const delivery_row& row) {
    return fmt::format("lockhub outbox {} --id {}", verb, row.id.value);
}

explanation explain_ready(const delivery_row& row, const surroundings& around, time_point now) {
    explanation out;
    if (const auto* breaker = open_breaker(around, row.pms)) {
        const auto next = std::max(row.due_at, breaker->until);
        if (next > now) out.until = next;
        out.english = fmt::format(
            "It waits because PMS {} could not be reached {} times in a row; the next attempt goes out {}.{}", row.pms,
            breaker->failures, out.until ? "at " + time_in_words(next, now) : "as soon as one call may try",
            last_failure(row));
        out.chinese = fmt::format("PMS {} 连续 {} 次无法连通，暂停投递，{}再试", row.pms, breaker->failures,
                                  out.until ? fmt::format("最早于 {} ", format_china_time(next)) : "即将");
        out.release = "It goes on by itself as soon as the PMS answers.";
        return out;
    }
    const std::string_view paused = around.service ? "" : " The service does not run: nothing is sent meanwhile.";
    out.until = row.due_at;
    if (row.due_at <= now) {
        out.english = fmt::format("It is due since {} and goes out with the next free slot of PMS {}.{}{}",
                                  time_in_words(row.due_at, now), row.pms, last_failure(row), paused);
        out.chinese = fmt::format("已到投递时间，等待 PMS {} 的发送名额{}", row.pms, last_failure_chinese(row));
        out.until.reset();
    } else if (row.attempts == 0) {
        out.english = fmt::format("It is sent for the first time at {}.{}", time_in_words(row.due_at, now), paused);
        out.chinese = fmt::format("将于 {} 首次投递", format_china_time(row.due_at));
    } else {
        out.english = fmt::format("It is tried again at {}, {}.{}{}", time_in_words(row.due_at, now),
                                  attempts_left(row, around), last_failure(row), paused);
        out.chinese = fmt::format("已尝试 {} 次，将于 {} 重试{}", row.attempts, format_china_time(row.due_at),
                                  last_failure_chinese(row));
    }
    if (!around.service) out.chinese += "（服务未运行，暂不投递）";
    out.release = around.service ? fmt::format("To send it now: {}", command("retry", row)) : "Start the service.";
    return out;
}

explanation explain_queued(const delivery_row& row) {
    explanation out;
    const auto head = row.behind ? fmt::format("delivery {}", row.behind->value) : std::string("an earlier delivery");
    const auto head_chinese = row.behind ? fmt::format("投递 {} ", row.behind->value) : std::string("前一条投递");
    out.english = fmt::format(
        "It waits behind {} of the same room (PMS {}, hotel {}, room {}): deliveries of a room keep their order.", head,
        row.pms, row.hotel, row.room_no.empty() ? row.room : row.room_no);
    out.chinese = fmt::format("同一房间按顺序投递，正在等待{}完成", head_chinese);
    if (row.behind)
        out.release = fmt::format("It goes on when {} ends; to see why that one waits: lockhub outbox explain {}", head,
                                  row.behind->value);
    return out;
}

struct held_words {
    std::string_view reason, english, chinese, release;
};
constexpr held_words held_table[] = {
    {"pms_unknown", "no [[pms]] section of the configuration has this id", "配置中没有该 PMS",
     "Add a [[pms]] section with this id and reload the service (SIGHUP)."},
    {"pms_disabled", "this PMS is disabled in the configuration", "该 PMS 在配置中被停用",
     "Set enabled = true in its [[pms]] section and reload the service (SIGHUP)."},
    {"no_url", "the configuration names no URL for this kind of callback", "配置中没有此类回调的 URL",
     "Set the URL in its [[pms]] section and reload the service (SIGHUP)."},
    {"not_subscribed", "this PMS no longer subscribes to the event", "该 PMS 不再订阅此事件",
     "Add the event to `events` of its [[pms]] section and reload the service (SIGHUP)."},
    {"dispatcher", "it could not be sent as things stand", "按当前配置无法发送", ""},
    {"operator", "an operator holds it", "已被操作员暂停", ""},
};

bool is_configured(const surroundings& around, const std::string& pms) {
    return around.settings && std::ranges::any_of(around.settings->pms, [&](const auto& one) { return one.id == pms; });
}

explanation explain_held(const delivery_row& row, const surroundings& around) {
    const auto found = std::ranges::find(held_table, std::string_view(row.held_reason), &held_words::reason);
    const bool known = found != std::end(held_table);
    explanation out;
    const std::string_view reason = known ? found->english : std::string_view(row.held_reason);
    out.english = fmt::format("It is held and waits without limit: {} (PMS {}).{}", reason, row.pms, last_failure(row));
    out.chinese = fmt::format("已暂停：{}（PMS {}）{}", known ? found->chinese : std::string_view(row.held_reason),
                              row.pms, last_failure_chinese(row));
    if (row.held_reason == "pms_unknown" && is_configured(around, row.pms)) {
        out.release = "The configuration has this PMS by now: reload the service (SIGHUP) or start it.";
    } else if (known && !found->release.empty()) {
        out.release = found->release;
    } else {
        out.release = fmt::format("To let it go on: {}", command("release", row));
    }
    return out;
}

explanation explain_leased(const delivery_row& row, const surroundings& around, time_point now) {
    explanation out;
    if (!around.service) {
        out.english =
            "An attempt was in flight when the service ended; it is taken back at the next start, and counts as an "
            "attempt.";
        out.chinese = "服务停止时投递正在进行，下次启动时收回并计为一次尝试";
        out.release = "Start the service.";
        return out;
    }
    out.until = row.due_at > now ? std::optional(row.due_at) : std::nullopt;
    out.english = fmt::format("Attempt {} is in flight.", row.attempts == 0 ? 1 : row.attempts);
    out.chinese = fmt::format("第 {} 次投递正在进行", row.attempts == 0 ? 1 : row.attempts);
    return out;
}

}  // namespace

explanation explain(const delivery_detail& delivery, const surroundings& around, time_point now) {
    const auto& row = delivery.row;
    explanation out;
    switch (row.state) {
        case delivery_state::ready:
            return explain_ready(row, around, now);
        case delivery_state::queued:
            return explain_queued(row);
        case delivery_state::leased:
            return explain_leased(row, around, now);
        case delivery_state::held:
            return explain_held(row, around);
        case delivery_state::delivered:
            out.english = fmt::format("It was delivered at {} with attempt {}.", time_in_words(row.finished_at, now),
                                      row.attempts);
            out.chinese = fmt::format("已于 {} 投递成功（第 {} 次）", format_china_time(row.finished_at), row.attempts);
            return out;
        case delivery_state::dead:
            out.english = fmt::format("It was given up at {} {}.{}", time_in_words(row.finished_at, now),
                                      attempts_left(row, around), last_failure(row));
            out.chinese = fmt::format("尝试 {} 次后于 {} 放弃{}", row.attempts, format_china_time(row.finished_at),
                                      last_failure_chinese(row));
            out.release = fmt::format("To start its schedule again: {}", command("retry", row));
            return out;
        case delivery_state::discarded:
            out.english =
                fmt::format("An operator discarded it at {}; it is not sent.", time_in_words(row.finished_at, now));
            out.chinese = fmt::format("已于 {} 被操作员作废，不再投递", format_china_time(row.finished_at));
            return out;
    }
    return out;
}

}  // namespace lockhub::hub
