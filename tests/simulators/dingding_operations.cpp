#include "tests/simulators/dingding_operations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "schemas/wire/json_writer.hpp"
#include "tests/simulators/dingding_readings.hpp"

namespace lockhub::simulators {

namespace {

// Section 7.2.
std::string_view op_id_of(pin_operation operation) {
    switch (operation) {
        case pin_operation::add:
            return "20002";
        case pin_operation::remove:
            return "20003";
        case pin_operation::update:
            return "20004";
        case pin_operation::freeze:
            return "20006";
        case pin_operation::unfreeze:
            return "20007";
    }
    std::unreachable();
}

result<std::vector<const lock_operation*>> find_operations(const dingding_lock& lock, const dingding_call& call) {
    constexpr std::int64_t for_ever_s = 100'000'000'000;
    const auto from = number_or(call, "start_time", 0), until = number_or(call, "end_time", for_ever_s);
    if (!from) return std::unexpected(from.error());
    if (!until) return std::unexpected(until.error());
    const std::string op_id = call.get("op_id"), who = call.get("operator");
    std::vector<const lock_operation*> out;
    for (const lock_operation& one : lock.operations) {
        const bool in_time = one.at_ms >= *from * 1000 && one.at_ms <= *until * 1000;
        const bool asked_for = (op_id.empty() || one.op_id == op_id) && (who.empty() || one.operator_id == who);
        if (in_time && asked_for) out.push_back(&one);
    }
    std::ranges::reverse(out);
    return out;
}

void write_party(wire::json_writer& out, std::string_view name, std::string_view id, std::string_view called,
                 std::string_view type) {
    out.key(name).begin_object().member("id", id).member("name", called);
    if (!type.empty()) out.member("type", type);
    out.end_object();
}

void write_operation(wire::json_writer& out, const dingding_lock& lock, const lock_operation& one) {
    out.begin_object().member("op_id", one.op_id);
    write_party(out, "operator", one.operator_id, "sim operator", "");
    write_party(out, "holder", lock.room_id, lock.nickname, "room");
    write_party(out, "target", std::to_string(one.pin_id), one.pin_name, "password");
    if (!one.recipient.empty()) write_party(out, "recipient", one.recipient, one.recipient, "");
    out.member("timestamp", one.at_ms).member("result", 0).end_object();
}

}  // namespace

lock_operation operation_on(const pin& target, const pin_change& change, std::int64_t at_ms,
                            std::string_view operator_id) {
    return {.at_ms = at_ms,
            .op_id = std::string(op_id_of(change.operation)),
            .operator_id = std::string(operator_id),
            .pin_id = target.id,
            .pin_name = target.values.name,
            .recipient = change.operation == pin_operation::add ? target.values.send_to : std::string()};
}

result<std::string> operations_json(const dingding_lock& lock, const dingding_call& call) {
    const auto found = find_operations(lock, call);
    const auto offset = number_or(call, "offset", 0), count = number_or(call, "count", 50);
    if (!found) return std::unexpected(found.error());
    for (const auto* parameter : {&offset, &count}) {
        if (!*parameter) return std::unexpected(parameter->error());
    }
    const auto total = static_cast<std::int64_t>(found->size());
    const auto begin = std::min(*offset, total), end = begin + std::min(*count, total - begin);
    wire::json_writer out;
    out.begin_object().member("ErrNo", 0).member("ErrMsg", "success").key("op_list").begin_array();
    for (auto i = begin; i < end; ++i) write_operation(out, lock, *(*found)[static_cast<std::size_t>(i)]);
    out.end_array().end_object();
    return out.take();
}

result<std::string> operation_count_json(const dingding_lock& lock, const dingding_call& call) {
    const auto found = find_operations(lock, call);
    if (!found) return std::unexpected(found.error());
    return fmt::format(R"({{"ErrNo":0,"ErrMsg":"success","count":{}}})", found->size());
}

}  // namespace lockhub::simulators
