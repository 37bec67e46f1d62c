#include "tests/simulators/yeeuu_cloud.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "tests/simulators/gateway_answer.hpp"
#include "tests/simulators/push_body.hpp"
#include "tests/simulators/signatures.hpp"

namespace lockhub::simulators {

namespace {

constexpr std::size_t log_entries = 10'000;   // beyond: the oldest go
constexpr std::size_t nonces_kept = 100'000;  // beyond: the oldest may be used again
constexpr std::int64_t largest_page = 1000;

bool is_pin(std::string_view text) {
    return text.size() >= 6 && text.size() <= 10 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// As the document prints them: opening and closing ones in turn.
std::string with_typographic_quotes(std::string_view json) {
    std::string out;
    bool open = false;
    for (const char c : json) {
        if (c != '"') {
            out += c;
            continue;
        }
        open = !open;
        out += open ? "“" : "”";
    }
    return out;
}

std::string entry_json(const wire::json_value& entry) {
    constexpr std::array names{"buildingId", "buildingName", "buildingNo", "cityId", "disId", "provinceId",
                               "code",       "door",         "doorType",   "name",   "unit"};
    wire::json_writer out;
    out.begin_object();
    for (const auto* name : names) out.member(name, entry.text_of(name));
    out.end_object();
    return out.take();
}

}  // namespace

yeeuu_cloud::outcome yeeuu_cloud::outcome::refused(std::string why) {
    outcome out;
    out.success = false;
    out.description = std::move(why);
    return out;
}

std::string yeeuu_cloud::outcome::json(std::string_view quotes) const {
    auto out = fmt::format(R"({{"success":{},"desc":{}{}}})", success, quoted(description), extra);
    return quotes == "typographic" ? with_typographic_quotes(out) : out;
}

yeeuu_cloud::yeeuu_cloud(yeeuu_registration registration) : registration_(std::move(registration)) {
    fill_board();
}

yeeuu_door& yeeuu_cloud::add_door(std::string lock, std::string building_id) {
    yeeuu_door& door = doors_[lock];
    door.lock = std::move(lock);
    door.building_id = std::move(building_id);
    return door;
}

yeeuu_door* yeeuu_cloud::find_door(std::string_view lock) {
    const auto found = doors_.find(lock);
    return found == doors_.end() ? nullptr : &found->second;
}

answer yeeuu_cloud::handle(const wire::http_request& request, time_point now, random_source& random) {
    answer out;
    out.delay = knobs.answer_delay;
    const auto call = read_yeeuu_call(request);
    if (!call) {
        remember({}, false, call.error().message, now);
        out.response = json_response(outcome::refused(call.error().message).json(knobs.quotes),
                                     call.error().code == errc::not_found ? 404 : 200);
        return out;
    }
    const bool aimed_at = knobs.only_method.empty() || knobs.only_method == call->method->name;
    const auto strikes = [&](fault& f) { return aimed_at && f.strikes(random); };
    meter_.count(std::string(call->method->name), now);
    if (strikes(knobs.load.busy)) {
        remember(*call, false, "busy by knob", now);
        out.response = busy_response(knobs.load, outcome::refused(std::string(busy_text)).json(knobs.quotes));
        return out;
    }
    if (strikes(knobs.drop)) {
        remember(*call, false, "dropped", now);
        return out;
    }
    if (strikes(knobs.server_error)) {
        remember(*call, false, "HTTP 502", now);
        out.response = page(502);
        return out;
    }
    if (strikes(knobs.error)) {
        remember(*call, false, "error by knob", now);
        out.response = json_response(outcome::refused(knobs.error_text).json(knobs.quotes));
        return out;
    }
    const bool lies = call->method->changes && strikes(knobs.lie);
    const outcome done = lies ? outcome{} : run(*call, now);
    const bool lost = done.silent || (done.success && strikes(knobs.lose_reply));
    const bool paged = !lost && done.success && strikes(knobs.html);
    remember(*call, done.success, lies ? "lied" : lost ? "reply lost" : paged ? "a page" : done.description, now);
    if (!lost) out.response = paged ? page(200) : json_response(done.json(knobs.quotes));
    return out;
}

bool yeeuu_cloud::is_signed(const yeeuu_call& call, time_point now) {
    const auto timestamp = call.get("timestamp"), nonce = call.get("nonstr");
    const auto at = call.seconds("timestamp");
    if (call.get("partnerId") != registration_.partner_id || nonce.empty() || !at) return false;
    if (call.get("token") != yeeuu_token(timestamp, registration_.secret, nonce)) return false;
    if (knobs.timestamp_window > duration{} && std::chrono::abs(now - *at) > knobs.timestamp_window) return false;
    if (knobs.nonce_reuse == "refuse" && std::ranges::find(nonces_, nonce) != nonces_.end()) return false;
    nonces_.push_front(nonce);
    if (nonces_.size() > nonces_kept) nonces_.pop_back();
    return true;
}

yeeuu_cloud::outcome yeeuu_cloud::run(const yeeuu_call& call, time_point now) {
    if (!is_signed(call, now)) return outcome::refused("token错误");
    if (call.method->name == "synchronize_apartments") return synchronize(call);
    const auto lock = call.lock();
    if (!lock) return outcome::refused("参数错误: doorType");
    yeeuu_door* door = find_door(*lock);
    if (!door) return outcome::refused("房源不存在");
    if (!call.method->changes) return read_log(call, *door);
    if (call.get("buildingId") != door->building_id) return outcome::refused("参数错误: buildingId");
    return change_door(call, *door, now);
}

yeeuu_cloud::outcome yeeuu_cloud::synchronize(const yeeuu_call& call) {
    const auto list = wire::json_value::parse(call.get("apartmentList"));
    if (!list || !list->is_array() || list->items().empty()) return outcome::refused("参数错误: apartmentList");
    const auto lock_of = [](const wire::json_value& entry) {
        const bool inner = entry.text_of("doorType") == "2";
        return entry.text_of("code") + (inner ? "/" + entry.text_of("door") : "");
    };
    for (const auto& entry : list->items()) {
        const auto type = entry.text_of("doorType");
        const bool lacking = entry.text_of("buildingId").empty() || entry.text_of("code").empty() ||
                             entry.text_of("name").empty() || (type == "2" && entry.text_of("door").empty());
        if (lacking || (type != "1" && type != "2")) return outcome::refused("参数错误: apartmentList");
    }
    const auto before = std::exchange(apartments_, {});
    for (const auto& entry : list->items()) {
        add_door(lock_of(entry), entry.text_of("buildingId"));
        apartments_[lock_of(entry)] = entry_json(entry);
    }
    for (const auto& [lock, entry] : before) {
        if (!apartments_.contains(lock)) doors_.erase(lock);
    }
    return {};
}

yeeuu_cloud::outcome yeeuu_cloud::change_door(const yeeuu_call& call, yeeuu_door& door, time_point now) {
    const std::string_view method = call.method->name;
    const bool at_the_lock = method != "auth" && method != "delete_auth";
    if (at_the_lock && !door.online) {
        auto out = outcome::refused("门锁离线");
        out.silent = knobs.offline == "silent";
        return out;
    }
    if (method == "remote_action") return open_remotely(call, door, now);
    const auto mobile = call.get("authoredMobile");
    if (mobile.empty()) return outcome::refused("参数错误: authoredMobile");
    // Taking away what is gone already ends in the same state.
    if (method == "delete_auth") return door.grants.erase(mobile), outcome{};
    if (method == "remove_password") return door.pins.erase(mobile), outcome{};

    const auto from = call.seconds("startTime"), until = call.seconds("endTime");
    if (!from || !until || *until <= *from) return outcome::refused("参数错误: startTime, endTime");
    yeeuu_permission permission{.from = *from,
                                .until = *until,
                                .author = call.get("author"),
                                .holder_name = call.get("authoredName"),
                                .digits = call.get("password")};
    if (permission.author.empty() || permission.holder_name.empty()) return outcome::refused("参数错误: author");
    if (method == "auth") {
        door.grants[mobile] = std::move(permission);
        return {};
    }
    if (!is_pin(permission.digits)) return outcome::refused("参数错误: password");
    pins_sent_.push_back(permission.holder_name);
    door.pins[mobile] = std::move(permission);
    return {};
}

yeeuu_cloud::outcome yeeuu_cloud::open_remotely(const yeeuu_call& call, yeeuu_door& door, time_point now) {
    const auto mobile = call.get("operator");
    if (mobile.empty()) return outcome::refused("参数错误: operator");
    if (knobs.remote == "granted" && !door.may_open(mobile, now)) return outcome::refused("没有开门权限");
    door.note_opening({now, yeeuu_opened_by::api, mobile});
    return {};
}

yeeuu_cloud::outcome yeeuu_cloud::read_log(const yeeuu_call& call, const yeeuu_door& door) const {
    const auto page = call.number("page"), size = call.number("pageSize");
    if (!page || !size || *size > largest_page) return outcome::refused("参数错误: page, pageSize");
    const auto total = std::ssize(door.log);
    outcome out;
    if (call.method->name == "get_device_logs_page_count") {
        out.extra = fmt::format(R"(,"count":"{}")", (total + *size - 1) / *size);
        return out;
    }
    wire::json_writer list;
    list.begin_array();
    const auto begin = std::min<std::int64_t>(*page - 1, total) * *size;
    for (auto i = begin; i < std::min<std::int64_t>(begin + *size, total); ++i) {
        const auto& opening = door.log[static_cast<std::size_t>(knobs.log_order == "newest" ? i : total - 1 - i)];
        list.begin_object().member("type", std::to_underlying(opening.by));
        list.member("opentime", format_china_time(opening.at)).member("opener", opening.opener).end_object();
    }
    list.end_array();
    out.extra = ",\"data\":" + list.take();
    return out;
}

door_answer yeeuu_cloud::open_by_phone(std::string_view lock, std::string_view mobile, yeeuu_opened_by by,
                                       time_point now) {
    yeeuu_door* door = find_door(lock);
    return door ? door->open_by_phone(mobile, by, now) : door_answer{false, "there is no such door"};
}

door_answer yeeuu_cloud::open_by_pin(std::string_view lock, std::string_view digits, time_point now) {
    yeeuu_door* door = find_door(lock);
    return door ? door->open_by_pin(digits, now) : door_answer{false, "no such door"};
}

std::uint64_t yeeuu_cloud::calls(std::string_view method) const {
    const auto found = calls_.find(method);
    return found == calls_.end() ? 0 : found->second;
}

std::size_t yeeuu_cloud::times_sent(std::string_view holder_name) const {
    return static_cast<std::size_t>(std::ranges::count(pins_sent_, holder_name));
}

void yeeuu_cloud::remember(const yeeuu_call& call, bool success, std::string note, time_point now) {
    const std::string method(call.method ? call.method->name : "");
    ++calls_[method];
    log_.push_front({now, method, call.lock().value_or(""), success, std::move(note)});
    if (log_.size() > log_entries) log_.pop_back();
}

}  // namespace lockhub::simulators
