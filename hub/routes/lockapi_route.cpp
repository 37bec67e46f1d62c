#include "hub/routes/lockapi_route.hpp"

#include <algorithm>
#include <cstring>
#include <variant>
#include <vector>

#include "schemas/quhuhu/hmac.hpp"
#include "schemas/quhuhu/reply.hpp"
#include "schemas/wire/digest.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::hub {
namespace {

struct call_path {
    std::string_view pms;
    std::string_view method;
};

// "/lockapi/{pmsId}/lock/{method}.do"
std::optional<call_path> split_path(std::string_view path) {
    constexpr std::string_view head = "/lockapi/";
    constexpr std::string_view middle = "/lock/";
    constexpr std::string_view tail = ".do";
    if (!path.starts_with(head) || !path.ends_with(tail)) {
        return std::nullopt;
    }
    path.remove_prefix(head.size());
    path.remove_suffix(tail.size());
    const auto at = path.find(middle);
    if (at == 0 || at == std::string_view::npos) {
        return std::nullopt;
    }
    return call_path{path.substr(0, at), path.substr(at + middle.size())};
}

// The document has forms; a public PMS posts JSON with the same hmac.
result<wire::form> read_fields(const request& in) {
    const auto first = in.body.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || in.body[first] != '{') {
        return wire::form::parse(in.body);
    }
    const auto json = wire::json_value::parse(in.body);
    if (!json) {
        return std::unexpected(json.error());
    }
    wire::form fields;
    for (const auto& [name, value] : json->members()) {
        if (value.is_object() || value.is_array()) {
            return fail(errc::invalid_input, "参数 " + name + " 必须是文本");
        }
        fields.add(name, value.text());
    }
    return fields;
}

std::array<std::byte, 16> request_key(quhuhu::method what, const wire::form& fields) {
    std::vector<std::string> texts;
    for (const auto& [name, value] : fields.fields()) {
        if (!value.empty() && !wire::equal_ignoring_case(name, "hmac")) {
            auto& text = texts.emplace_back(name);
            text += '\x1f';
            text += value;
            text += '\x1e';
        }
    }
    std::ranges::sort(texts);
    std::string all;
    for (const auto& text : texts) {
        all += text;
    }
    const auto digest = wire::sha256({quhuhu::wire_name(what), "\x1d", all});
    std::array<std::byte, 16> key{};
    std::copy_n(digest.begin(), key.size(), key.begin());
    return key;
}

std::uint64_t rate_key(const std::array<std::byte, 16>& key) {
    std::uint64_t number = 0;
    std::memcpy(&number, key.data(), sizeof number);
    return number;
}

operation_answer too_frequent(time_point next, time_point now) {
    auto answer = refused(quhuhu::status::try_again, "请求过于频繁，请稍后重试");
    const auto wait = std::chrono::ceil<std::chrono::seconds>(next - now);
    answer.retry_after_seconds = static_cast<unsigned>(std::max<std::int64_t>(1, wait.count()));
    return answer;
}

}  // namespace

lockapi_route::lockapi_route(parts parts) : parts_(std::move(parts)) {}

auto lockapi_route::check(quhuhu::method what, std::string_view path_pms, const request& in) const
    -> std::variant<checked, operation_answer> {
    auto fields = read_fields(in);
    if (!fields) {
        return refused(quhuhu::status::system_error, "请求参数无法解析：" + fields.error().message);
    }
    auto parsed = quhuhu::parse_request(what, path_pms, *fields);
    if (const auto* why = std::get_if<quhuhu::refusal>(&parsed)) {
        return refused(why->code, why->message);
    }
    auto& call = std::get<quhuhu::request>(parsed);
    const auto caller = parts_.callers.find(call.pms.value);
    if (caller == parts_.callers.end()) {
        return refused(quhuhu::status::unknown_pms);
    }
    if (!caller->second.enabled) {
        return refused(quhuhu::status::pms_disabled);
    }
    const auto hmac = fields->find("hmac").value_or("");
    if (!quhuhu::verify_hmac(*fields, hmac, caller->second.key, caller->second.allow_legacy_hmac)) {
        return refused(quhuhu::status::bad_hmac);
    }
    const auto key = request_key(what, *fields);
    const auto now = parts_.time->now();
    if (const auto next = parts_.rates->admit(call.pms.value, rate_key(key), now)) {
        return too_frequent(*next, now);
    }
    return checked{std::move(call), key};
}

void lockapi_route::answer(response& out, operation_answer result) const {
    out.body = std::move(result.body);
    out.retry_after_seconds = result.retry_after_seconds;
    out.status = result.unavailable ? 503 : 200;
}

task<void> lockapi_route::handle(const request& in, response& out) {
    const auto path = split_path(in.path);
    const auto what = path ? quhuhu::method_from(path->method) : std::nullopt;
    if (!what) {
        out.status = 404;
        out.body =
            quhuhu::reply_error(quhuhu::status::system_error, "接口不存在：应为 /lockapi/{pmsId}/lock/{method}.do");
        co_return;
    }
    auto outcome = check(*what, path->pms, in);
    std::string room;
    if (auto* call = std::get_if<checked>(&outcome)) {
        room = call->request.room.value;
        outcome = co_await parts_.work->run(std::move(call->request), call->key);
    }
    auto& result = std::get<operation_answer>(outcome);
    // An unknown pmsId is the caller's text: it must not become a metric of its own.
    const auto pms = parts_.callers.contains(std::string(path->pms)) ? path->pms : std::string_view("unknown");
    parts_.observe({pms, path->method, room, result.code});
    answer(out, std::move(result));
}

}  // namespace lockhub::hub
