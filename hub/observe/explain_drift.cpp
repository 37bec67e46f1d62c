#include <fmt/format.h>

#include "hub/observe/explain.hpp"

namespace lockhub::hub {

namespace {

using storage::drift_row;
using storage::drift_state;

std::string end_of(const std::optional<time_point>& until) {
    return until ? format_china_time(*until) : std::string("no end");
}
std::string chinese_end_of(const std::optional<time_point>& until) {
    return until ? format_china_time(*until) : std::string("永久");
}

std::string which(const drift_row& row) {
    return fmt::format("The {} PIN {}", row.manage ? "management" : "guest's", row.credential_ref);
}

explanation what_differs(const drift_row& row) {
    explanation out;
    switch (row.kind) {
        case drift_kind::pin_missing:
            out.english = which(row) + " should be on the lock and is not.";
            out.chinese = fmt::format("门锁上缺少应有的密码 {}", row.credential_ref);
            break;
        case drift_kind::pin_left:
            out.english = which(row) + " was taken back, or never meant to stay, and is on the lock.";
            out.chinese = fmt::format("已停用的密码 {} 仍在门锁上", row.credential_ref);
            break;
        case drift_kind::validity_differs:
            out.english = fmt::format("{} should end at {} and ends at {}.", which(row), end_of(row.wanted_until),
                                      end_of(row.found_until));
            out.chinese = fmt::format("密码 {} 的有效期应至 {}，门锁上为 {}", row.credential_ref,
                                      chinese_end_of(row.wanted_until), chinese_end_of(row.found_until));
            break;
        case drift_kind::frozen_differs:
            out.english = which(row) + " is frozen and should not be, or the reverse.";
            out.chinese = fmt::format("密码 {} 的冻结状态不一致", row.credential_ref);
            break;
        case drift_kind::unverifiable:
            out.english = fmt::format("What became of action {} is not known.", row.action);
            out.chinese = fmt::format("操作 {} 的结果未知", row.action);
            break;
        case drift_kind::computed_stays:
            out.english = fmt::format("The PIN computed for action {} was replaced and opens until {}.", row.action,
                                      end_of(row.wanted_until));
            out.chinese =
                fmt::format("操作 {} 的离线密码已被取代，但仍有效至 {}", row.action, chinese_end_of(row.wanted_until));
            break;
        case drift_kind::pin_foreign:
            out.english =
                fmt::format("PIN {} was made at the door or by others; it is left alone.", row.credential_ref);
            out.chinese = fmt::format("密码 {} 由门锁本地或其他系统添加，不作处理", row.credential_ref);
            break;
    }
    return out;
}

std::string accept_words(const drift_row& row) {
    return fmt::format("lockhub drift accept {} takes over what the lock has.", row.id);
}

// Why nothing was repaired so far is the reason; what was tried last stands there too.
void add_state(const drift_row& row, explanation& out) {
    switch (row.state) {
        case drift_state::repairing:
            out.english += fmt::format(" Action {} repairs it.", row.repair);
            out.chinese += fmt::format("，正在修复（操作 {}）", row.repair);
            return;
        case drift_state::suspended:
            out.english += " Repairs are suspended.";
            out.chinese += "，修复多次失败，已暂停";
            out.release = fmt::format("lockhub drift resume {} tries again; {}", row.id, accept_words(row));
            return;
        case drift_state::settled:
            out.english += " That is over.";
            out.chinese += "（已解决）";
            return;
        case drift_state::open:
            break;
    }
    if (row.kind == drift_kind::unverifiable) {
        out.english += " What is found on the lock settles it.";
        out.chinese += "，将按门锁上的实际情况确定";
        out.release = fmt::format("lockhub action decide {} --succeeded or --failed.", row.action);
    } else {
        out.release = accept_words(row);
    }
}

}  // namespace

explanation explain(const storage::drift_row& row) {
    auto out = what_differs(row);
    add_state(row, out);
    if (!row.reason.empty()) out.english += fmt::format(" ({})", row.reason);
    return out;
}

}  // namespace lockhub::hub
