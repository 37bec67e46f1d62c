#include "tests/simulators/dingding_cloud.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tests/simulators/dingding_operations.hpp"
#include "tests/simulators/dingding_outcome.hpp"
#include "tests/simulators/dingding_readings.hpp"
#include "tests/simulators/push_body.hpp"

namespace lockhub::simulators {

namespace {

constexpr std::size_t log_entries = 10'000;  // beyond: the oldest go
constexpr std::int64_t no_device_answer = 5101;

namespace error_number {
constexpr std::int64_t ok = 0, token_invalid = 101, token_expired = 102, unknown_pin = 5006, no_such_record = 15006,
                       lock_offline = 5102, bad_parameter = 14001, no_such_device = 14015, manage_pin_stays = 15013,
                       busy = 11000, no_such_api = 15051, wrong_client = 15001;
}

pin_values values_from(const dingding_call& call) {
    return {.name = call.get("name"),
            .digits = call.get("password"),
            .send_to = call.get("phonenumber"),
            .begin_s = call.number("permission_begin"),
            .end_s = call.number("permission_end")};
}

bool six_digits(std::string_view text) {
    return text.size() == 6 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

using paged_reading = result<std::string> (*)(const dingding_lock& lock, const dingding_call& call);

// nullptr for what is read whole.
paged_reading paged_reader(std::string_view verb) {
    if (verb == "get_lock_events") return lock_events_json;
    if (verb == "count_lock_events") return lock_event_count_json;
    if (verb == "search_device_op_log") return operations_json;
    return verb == "count_device_op_log" ? operation_count_json : nullptr;
}

pin_operation operation_of(std::string_view verb) {
    if (verb == "add_password") return pin_operation::add;
    if (verb == "update_password") return pin_operation::update;
    if (verb == "delete_password") return pin_operation::remove;
    return verb == "frozen_password" ? pin_operation::freeze : pin_operation::unfreeze;
}

}  // namespace

dingding_cloud::dingding_cloud(dingding_registration registration)
    : registration_(std::move(registration)), next_service_id_(registration_.first_service_id) {
    fill_board();
}

dingding_lock& dingding_cloud::add_lock(std::string uuid, std::string home_id, std::string room_id,
                                        std::string nickname) {
    dingding_lock& lock = locks_[uuid];
    lock.uuid = std::move(uuid);
    lock.home_id = std::move(home_id);
    lock.room_id = std::move(room_id);
    lock.nickname = std::move(nickname);
    places_.install(lock.home_id, lock.room_id, lock.nickname);
    return lock;
}

dingding_lock* dingding_cloud::find_lock(std::string_view uuid) {
    const auto found = locks_.find(uuid);
    return found == locks_.end() ? nullptr : &found->second;
}

answer dingding_cloud::handle(const wire::http_request& request, time_point now, random_source& random) {
    for (auto& [uuid, lock] : locks_) lock.settle(now);

    answer out;
    out.delay = knobs.answer_delay;
    auto call = read_dingding_call(request);
    if (!call) {
        const std::int64_t number =
            call.error().code == errc::not_found ? error_number::no_such_api : error_number::bad_parameter;
        remember({}, number, call.error().message, now);
        out.response = json_response(refusal_json(number, call.error().message));
        return out;
    }
    if (call->verb->name != "access_token") meter_.count(std::string(call->verb->name), now);
    const bool aimed_at = knobs.only_verb.empty() || knobs.only_verb == call->verb->name;
    if (aimed_at && knobs.load.busy.strikes(random)) {
        remember(*call, knobs.error_code, "busy by knob", now);
        out.response = busy_response(knobs.load, refusal_json(knobs.error_code, busy_text));
        return out;
    }
    if (aimed_at && knobs.drop.strikes(random)) {
        remember(*call, 0, "dropped", now);
        return out;
    }
    if (aimed_at && knobs.server_error.strikes(random)) {
        remember(*call, 0, "HTTP 502", now);
        out.response = wire::http_response{.status = 502, .headers = {}, .body = "<html>502 Bad Gateway</html>"};
        return out;
    }
    if (aimed_at && knobs.error.strikes(random)) {
        remember(*call, knobs.error_code, "error by knob", now);
        out.response = json_response(refusal_json(knobs.error_code, "内部错误"));
        return out;
    }

    outcome done = run(*call, now, random);
    out.after_pushes = done.reordered;
    out.pushes = std::move(done.pushes);
    const bool reply_lost = call->verb->changes() && done.number == 0 && knobs.lose_reply.strikes(random);
    remember(*call, done.number, reply_lost ? "reply lost" : "", now);
    if (!reply_lost) out.response = json_response(std::move(done.body));
    return out;
}

dingding_cloud::outcome dingding_cloud::run(const dingding_call& call, time_point now, random_source& random) {
    if (call.verb->name == "access_token") return give_token(call, now);
    if (const std::int64_t refused = check_token(call, now); refused != 0) {
        return outcome::refused(refused, refused == error_number::token_expired ? "Token 过期" : "Token 无效");
    }
    if (dingding_places::serves(call.verb->name)) return change_places(call, now, random);
    if (call.verb->name.starts_with("find_home_device")) return list_devices(call);
    if (call.verb->name == "get_center_info") return show_center(call);
    dingding_lock* lock = find_lock(call.get("uuid"));
    if (!lock && call.get("uuid").empty()) {
        for (auto& [uuid, candidate] : locks_) {
            if (!candidate.room_id.empty() && candidate.room_id == call.get("room_id")) lock = &candidate;
        }
    }
    if (!lock) return outcome::refused(error_number::no_such_device, "设备不存在");
    if (call.verb->changes_lock) return change_pin(call, *lock, now, random);
    if (call.verb->name == "fetch_passwords") {
        return {.body = fmt::format(R"({{"ErrNo":0,"ErrMsg":"success","passwords":{}}})", lock->passwords_json(now)),
                .pushes = {}};
    }
    if (call.verb->name == "get_lock_info") return {.body = lock_info_json(*lock), .pushes = {}};
    if (const auto reader = paged_reader(call.verb->name)) {
        auto body = reader(*lock, call);
        return body ? outcome{.body = std::move(*body), .pushes = {}}
                    : outcome::refused(error_number::bad_parameter, body.error().message);
    }
    if (call.verb->name == "get_default_password_plaintext") {
        auto body = default_password_json(*lock);
        return body ? outcome{.body = std::move(*body), .pushes = {}}
                    : outcome::refused(error_number::no_such_record, body.error().message);
    }
    return {.body = dynamic_password_json(*lock, now), .pushes = {}};
}

dingding_cloud::outcome dingding_cloud::give_token(const dingding_call& call, time_point now) {
    if (call.get("client_id") != registration_.client_id || call.get("client_secret") != registration_.client_secret) {
        return outcome::refused(error_number::wrong_client, "无效的访问");
    }
    const time_point expires = now + knobs.token_life;
    const std::string token = fmt::format("sim-access-token-{:04}", ++tokens_given_);
    tokens_[token] = expires;
    return {.body = fmt::format(R"({{"ErrNo":0,"ErrMsg":"success","access_token":"{}","expires_time":{}}})", token,
                                to_unix_ms(expires) / 1000),
            .pushes = {}};
}

std::int64_t dingding_cloud::check_token(const dingding_call& call, time_point now) const {
    const auto found = tokens_.find(call.get("access_token"));
    if (found == tokens_.end()) return error_number::token_invalid;
    return found->second <= now ? error_number::token_expired : error_number::ok;
}

dingding_cloud::outcome dingding_cloud::change_pin(const dingding_call& call, dingding_lock& lock, time_point now,
                                                   random_source& random) {
    pin_change change{.operation = operation_of(call.verb->name), .values = values_from(call), .due_at = std::nullopt};
    const bool brings_digits = change.operation == pin_operation::add || change.operation == pin_operation::update;
    if (brings_digits && (!six_digits(change.values.digits) || change.values.send_to.empty())) {
        return outcome::refused(error_number::bad_parameter, "参数有误");
    }
    const bool manage = call.number("is_default").value_or(0) == 1;
    if (change.operation == pin_operation::add && !call.number("is_default")) {
        return outcome::refused(error_number::bad_parameter, "参数有误: is_default");
    }
    const auto existing =
        lock.pins.find(manage && change.operation == pin_operation::add ? dingding_lock::manage_pin_id
                                                                        : call.number("password_id").value_or(0));
    if (change.operation != pin_operation::add) {
        if (existing == lock.pins.end()) return outcome::refused(error_number::unknown_pin, "密码不存在");
        if (existing->second.manage && change.operation != pin_operation::update) {
            return outcome::refused(error_number::manage_pin_stays, "管理员密码不能被删除或冻结");
        }
    }
    if (existing != lock.pins.end() && existing->second.running) {
        return outcome::refused(error_number::busy, "密码操作进行中");
    }
    if (!lock.online && knobs.offline == "refuse") return outcome::refused(error_number::lock_offline, "门锁离线");
    if (knobs.lie.strikes(random)) {
        return {.body = fmt::format(R"({{"ErrNo":0,"ErrMsg":"success","id":{},"serviceid":{}}})", lock.next_id++,
                                    next_service_id_++),
                .pushes = {}};
    }
    pin& target = change.operation == pin_operation::add ? lock.make_pin(manage, change.values, now) : existing->second;
    if (brings_digits) pins_sent_.push_back({lock.uuid, change.values.name, target.id, now});
    return start_change(lock, target, std::move(change), now, random);
}

dingding_cloud::outcome dingding_cloud::start_change(dingding_lock& lock, pin& target, pin_change change,
                                                     time_point now, random_source& random) {
    outcome out;
    change.service_id = next_service_id_++;
    change.stuck = knobs.stuck.strikes(random);
    const bool may_fail = knobs.fail_verb.empty() || operation_of(knobs.fail_verb) == change.operation;
    change.fails = may_fail && knobs.fail_operation.strikes(random);
    if (lock.online && !change.stuck) {
        out.reordered = knobs.reorder.strikes(random);
        change.due_at = out.reordered ? now : now + knobs.result_delay;
        if (!knobs.lose_push.strikes(random)) {
            out.pushes.push_back(result_push(lock, {target.id, change}, *change.due_at));
            twice_by_fault(out.pushes, random);
        }
    }
    const std::string id =
        change.operation == pin_operation::add ? fmt::format(R"("id":{},)", target.id) : std::string{};
    out.body =
        fmt::format(R"({{"ErrNo":0,"ErrMsg":"success",{}"serviceid":{}}})", id, change.service_id);  // a number here
    lock.operated(operation_on(target, change, to_unix_ms(now), registration_.client_id));
    target.last_operation = change.operation;
    target.stage = operation_stage::running;
    target.running = std::move(change);
    lock.settle(now);
    return out;
}

scheduled_push dingding_cloud::result_push(const dingding_lock& lock, const ended_change& ended, time_point at) const {
    const std::string outcome_json = ended.change.fails  // a failed result need not name its password
                                         ? fmt::format(R"({{"ErrNo":{}}})", no_device_answer)
                                         : fmt::format(R"({{"id":{0},"passwordid":"{0}","ErrNo":1000}})", ended.pin_id);
    push_body body;
    body.text("service", service_name(ended.change.operation))
        .text("uuid", lock.uuid)
        .json("result", outcome_json)
        .text("serviceid", std::to_string(ended.change.service_id))  // text here
        .text("home_id", lock.home_id)
        .text("room_id", lock.room_id);
    return {.at = at,
            .name = service_name(ended.change.operation),
            .registered_url = registration_.result_url,
            .body = body.finish(registration_.result_url, knobs.sign)};
}

void dingding_cloud::twice_by_fault(std::vector<scheduled_push>& pushes, random_source& random) {
    if (!pushes.empty() && knobs.duplicate.strikes(random)) pushes.push_back(pushes.back());
}

void dingding_cloud::remember(const dingding_call& call, std::int64_t number, std::string note, time_point now) {
    const std::string verb(call.verb ? call.verb->name : "");
    ++calls_[verb];
    log_.push_back({now, verb, call.get("uuid"), number, std::move(note)});
    if (log_.size() > log_entries) log_.pop_front();
}

std::uint64_t dingding_cloud::calls(std::string_view verb) const {
    const auto found = calls_.find(verb);
    return found == calls_.end() ? 0 : found->second;
}

std::size_t dingding_cloud::times_sent(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count(pins_sent_, name, &pin_sent::name));
}

void dingding_cloud::expire_tokens(time_point now) {
    for (auto& [token, expires] : tokens_) expires = now;
}

}  // namespace lockhub::simulators
