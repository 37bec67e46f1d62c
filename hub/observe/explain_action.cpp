#include <fmt/format.h>

#include <algorithm>

#include "hub/observe/explain.hpp"

namespace lockhub::hub {

namespace {

using storage::action_row;

// When the wait for a result ends; storage keeps no acceptance time in the row, so the opening stands for it.
std::string expiry_words(const action_row& row, const surroundings& around, time_point now) {
    if (!around.settings) return {};
    const auto expires = row.created_at + around.settings->dispatch.result_expires_after;
    return expires > now ? fmt::format(" Without a result it expires at about {}.", time_in_words(expires, now))
                         : std::string(" Its time is over: it expires with the next question.");
}

std::string asked_words(const action_row& row, time_point now) {
    return row.command_due_at > now ? fmt::format("it is asked at {}", time_in_words(row.command_due_at, now))
                                    : std::string("it is asked next");
}

explanation explain_open(const action_row& row, const surroundings& around, time_point now) {
    explanation out;
    const auto due = row.command_due_at > now ? std::optional(row.command_due_at) : std::nullopt;
    const auto due_chinese = due ? format_china_time(*due) : std::string("下一个时机");
    switch (row.command) {
        case command_state::pending:
            out.until = due;
            out.english = row.sends == 0
                              ? fmt::format("Its command to lock cloud account {} goes out ", row.account)
                              : fmt::format("Its command to lock cloud account {} is sent again ", row.account);
            out.english += due ? fmt::format("at {}.", time_in_words(*due, now))
                               : "next, or when an earlier command of the same lock or card reader has ended.";
            out.chinese = fmt::format("等待向门锁平台账号 {} 发送指令（{}）", row.account, due_chinese);
            break;
        case command_state::sending:
            out.english = fmt::format("Its command is on its way to lock cloud account {}.", row.account);
            out.chinese = fmt::format("正在向门锁平台账号 {} 发送指令", row.account);
            break;
        case command_state::uncertain:
        case command_state::probing:
            out.until = due;
            out.english =
                fmt::format("The lock cloud's reply was lost. Before anything is sent again, {} what happened.",
                            asked_words(row, now));
            out.chinese = fmt::format("门锁平台的应答丢失，将先查询结果（{}），再决定是否重发", due_chinese);
            break;
        case command_state::awaiting:
        case command_state::polling:
            out.until = due;
            out.english = fmt::format(
                "The lock cloud accepted it{} and its result is awaited since {}; if no push brings it, {}.",
                row.ref.empty() ? std::string() : fmt::format(" as {}", row.ref), time_in_words(row.created_at, now),
                asked_words(row, now));
            out.english += expiry_words(row, around, now);
            out.chinese = fmt::format("门锁平台已受理，等待执行结果；若无推送，将主动查询（{}）", due_chinese);
            break;
        default:
            out.english = fmt::format("Its command is {}; the action follows.", to_string(row.command));
            out.chinese = fmt::format("指令状态 {}，等待动作结束", to_string(row.command));
            break;
    }
    if (!around.service) {
        out.english += " The service does not run: nothing happens meanwhile.";
        out.chinese += "（服务未运行）";
        out.release = "Start the service.";
    }
    return out;
}

// A card's action is about a reader, and may take two steps there.
void add_card_words(const action_row& row, explanation& out) {
    if (row.reader_id.empty()) return;
    out.english += fmt::format(" Card reader {}", row.reader_id);
    out.chinese += fmt::format("；读卡器 {}", row.reader_id);
    if (!row.card.card_id.empty()) {
        out.english += fmt::format(", card {}", row.card.card_id);
        out.chinese += fmt::format("，卡片 {}", row.card.card_id);
    }
    if (!row.card.lock_uuid.empty()) out.english += fmt::format(", lock {}", row.card.lock_uuid);
    if (row.card.valid_from) out.english += fmt::format(", from {}", format_china_time(*row.card.valid_from));
    if (row.card.valid_until) out.english += fmt::format(", until {}", format_china_time(*row.card.valid_until));
    out.english += ".";
    if (is_final(row.state) || row.verb != command_verb::clear_card) return;
    const bool reading = row.step == command_verb::read_card;
    out.english += reading ? " First the card that lies there is read." : " It was read and is cleared now.";
    out.chinese += reading ? "（先读卡）" : "（已读卡，正在退卡）";
}

// Whose face, fingerprint or access it is about, and the second step of a PIN that was frozen.
void add_access_words(const action_row& row, explanation& out) {
    if (!row.holder.empty()) {
        const auto name = row.holder_name.empty() ? std::string() : fmt::format(" ({})", row.holder_name);
        out.english += fmt::format(" Holder {}{}.", row.holder, name);
        out.chinese += fmt::format("；持有人 {}{}", row.holder, name);
    }
    if (is_final(row.state) || row.verb != command_verb::set_pin || row.step != command_verb::unfreeze_pin) return;
    out.english += " The new PIN is on the lock; the old one was frozen, so it is unfrozen now.";
    out.chinese += "（新密码已下发，正在解冻）";
}

// What the row does not say in so many words.
void add_ending_words(const action_row& row, explanation& out) {
    if (row.state == action_state::superseded) {
        out.english += " A later action of the same room took its place before anything was sent.";
        out.chinese += "（已被同一房间的后续操作取代，未下发）";
    } else if (row.state == action_state::succeeded && !row.step && row.verb == command_verb::set_pin) {
        out.english += " The lock was off line: the PMS got the PIN the lock computes itself.";
        out.chinese += "（门锁离线，已应答门锁自行计算的临时密码）";
    }
}

std::string final_words(const action_row& row, time_point now) {
    const auto code = row.final_code ? fmt::format(" with code {}", *row.final_code) : std::string();
    const auto message = row.message.empty() ? std::string() : fmt::format(": {}", row.message);
    return fmt::format("It ended as {} at {}{}{}.", to_string(row.state), time_in_words(row.finished_at, now), code,
                       message);
}

explanation explain_state(const action_row& action, const surroundings& around, time_point now) {
    explanation out;
    switch (action.state) {
        case action_state::open:
            return explain_open(action, around, now);
        case action_state::unverifiable:
            out.english =
                "Its command was sent, the reply was lost, and the lock cloud could not say what happened: an operator "
                "must look at the lock and decide. The PMS has no final code yet.";
            out.chinese = "指令已发出但结果无法核实，需人工确认门锁后裁决；PMS 尚未收到最终结果";
            out.release = fmt::format("lockhub action decide {0} --succeeded, or --failed", action.id.value);
            return out;
        case action_state::succeeded:
        case action_state::failed:
        case action_state::expired:
        case action_state::superseded:
            out.english = final_words(action, now);
            out.english += action.callback_promised ? " Its callback stands in the outbox."
                                                    : " No callback was promised: the answer itself told the result.";
            out.chinese =
                fmt::format("已于 {} 结束：{}", format_china_time(action.finished_at), to_string(action.state));
            add_ending_words(action, out);
            return out;
    }
    return out;
}

}  // namespace

explanation explain(const action_row& action, const surroundings& around, time_point now) {
    auto out = explain_state(action, around, now);
    add_card_words(action, out);
    add_access_words(action, out);
    return out;
}

}  // namespace lockhub::hub
