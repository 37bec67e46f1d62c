#include "tests/simulators/pms_system.hpp"

#include <algorithm>
#include <set>

#include "schemas/wire/json_writer.hpp"

namespace lockhub::simulators {

namespace {

wire::http_response page(int status, std::string body) {
    return {.status = status, .headers = {{"Content-Type", "text/html"}}, .body = std::move(body)};
}

std::string path_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme != std::string_view::npos) {
        const auto slash = url.find('/', scheme + 3);
        url = slash == std::string_view::npos ? "/" : url.substr(slash);
    }
    return std::string(url.substr(0, url.find('?')));
}

}  // namespace

pms_system::pms_system(pms_registration registration) : registration_(std::move(registration)) {
    directory.generate(1, 3);
    fill_board();
}

void pms_system::fill_board() {
    board_.add("refuse", "answer code -1", knobs.refuse);
    board_.add("http_500", "answer HTTP 500", knobs.http_500);
    board_.add("html", "answer HTTP 200 with a page", knobs.html);
    board_.add("redirect", "answer HTTP 302", knobs.redirect);
    board_.add("too_many", "answer HTTP 429 with Retry-After", knobs.too_many);
    board_.add("retry_after_s", "the Retry-After of too_many", knobs.retry_after_s);
    board_.add("slow", "answer after slow_ms", knobs.slow);
    board_.add("slow_ms", "how slow", knobs.slow_for);
    board_.add("drop", "forget the callback, close without an answer", knobs.drop);
    board_.add("lose_reply", "take the callback, close without an answer", knobs.lose_reply);
    board_.add("answer_delay_ms", "every answer comes this late", knobs.answer_delay);
    board_.add("style", "of a good answer", knobs.style, {"number", "string", "message", "data"});
    directory.fill_board(board_);
}

answer pms_system::handle(const wire::http_request& request, time_point now, random_source& random) {
    callback_seen callback;
    callback.at = now;
    callback.path = path_of(request.url);
    callback.body = request.body;
    callback.fields = decode_form(request.body);
    callback.hmac_ok = hmac_fits(callback.fields);
    if (!callback.hmac_ok) ++bad_hmacs_;
    rates_.count(callback.path + '\n' + callback.body, now);
    if (pms_directory::serves(callback.path)) {
        return directory.handle(callback.path, callback.fields, callback.hmac_ok, random);
    }
    answer out = decide(callback, random);
    out.delay += knobs.answer_delay;
    seen_.push_back(std::move(callback));
    return out;
}

answer pms_system::decide(callback_seen& callback, random_source& random) {
    answer out;
    const auto say = [&](std::string word, wire::http_response response) {
        callback.answered = std::move(word);
        out.response = std::move(response);
        return out;
    };
    if (knobs.drop.strikes(random)) {
        callback.answered = "dropped";
        return out;
    }
    if (knobs.refuse.strikes(random)) return say("-1", json_response(R"({"code":-1,"msg":"处理失败"})"));
    if (knobs.http_500.strikes(random)) return say("500", page(500, "<html>Internal Server Error</html>"));
    if (knobs.html.strikes(random)) return say("html", page(200, "<html>please log in</html>"));
    if (knobs.redirect.strikes(random)) {
        auto response = page(302, "");
        response.headers.emplace_back("Location", "http://127.0.0.1:1/elsewhere");
        return say("302", std::move(response));
    }
    if (knobs.too_many.strikes(random)) {
        auto response = json_response(R"({"code":-4002,"msg":"请求过于频繁"})", 429);
        response.headers.emplace_back("Retry-After", std::to_string(knobs.retry_after_s));
        return say("429", std::move(response));
    }
    if (!callback.hmac_ok) return say("-5000", json_response(R"({"code":-5000,"msg":"hmac 校验失败"})"));

    callback.taken = true;
    if (knobs.lose_reply.strikes(random)) {
        callback.answered = "lost";
        return out;
    }
    if (knobs.slow.strikes(random)) out.delay = knobs.slow_for;
    callback.answered_ok = true;
    if (knobs.style == "string") return say("0", json_response(R"({"code":"0","msg":"处理成功","data":null})"));
    if (knobs.style == "message") return say("0", json_response(R"({"code":0,"message":"处理成功"})"));
    if (knobs.style == "data") return say("0", json_response(R"({"code":0,"msg":"处理成功","data":{"code":-1}})"));
    return say("0", json_response(R"({"code":0,"msg":"处理成功"})"));
}

bool pms_system::hmac_fits(const text_fields& fields) const {
    return field(fields, "pmsId") == registration_.id && !field(fields, "version").empty() &&
           field(fields, "hmac") == quhuhu_hmac(fields, registration_.key);
}

std::vector<std::string> pms_system::codes_told(std::string_view action_id) const {
    std::vector<std::string> codes;
    for (const callback_seen& callback : seen_) {
        if (field(callback.fields, "actionId") != action_id) continue;
        std::string code = field(callback.fields, "code");
        if (std::ranges::find(codes, code) == codes.end()) codes.push_back(std::move(code));
    }
    return codes;
}

std::size_t pms_system::times_taken(std::string_view event_id) const {
    return static_cast<std::size_t>(std::ranges::count_if(seen_, [&](const callback_seen& callback) {
        return callback.taken && field(callback.fields, "eventId") == event_id;
    }));
}

namespace {

struct told {
    std::vector<std::string> codes;
    std::set<std::string> bodies;
    std::size_t times = 0;
    std::size_t taken = 0;
};

void write_told(wire::json_writer& out, const std::map<std::string, told>& all, bool with_codes) {
    out.begin_object();
    for (const auto& [id, t] : all) {
        out.key(id).begin_object();
        if (with_codes) {
            out.key("codes").begin_array();
            for (const std::string& code : t.codes) out.value(code);
            out.end_array();
        }
        out.member("times", t.times).member("taken", t.taken).member("different_bodies", t.bodies.size()).end_object();
    }
    out.end_object();
}

}  // namespace

std::string pms_system::state_json() const {
    std::map<std::string, told> actions, events;
    wire::json_writer out;
    out.begin_object().key("callbacks").begin_array();
    for (const callback_seen& callback : seen_) {
        const std::string action = field(callback.fields, "actionId");
        const std::string event = field(callback.fields, "eventId");
        told& t = action.empty() ? events[event] : actions[action];
        ++t.times;
        t.taken += callback.taken ? 1 : 0;
        t.bodies.insert(callback.body);
        const std::string code = field(callback.fields, "code");
        if (std::ranges::find(t.codes, code) == t.codes.end()) t.codes.push_back(code);
        out.begin_object().member("at_ms", to_unix_ms(callback.at)).member("path", callback.path);
        out.key("fields").begin_object();
        for (const auto& [name, value] : callback.fields) out.member(name, value);
        out.end_object().member("hmac_ok", callback.hmac_ok).member("taken", callback.taken);
        out.member("answered", callback.answered).end_object();
    }
    out.end_array().key("actions");
    write_told(out, actions, true);
    out.key("events");
    write_told(out, events, false);
    out.key("directory_calls").begin_array();
    for (const auto& call : directory.seen()) {
        out.begin_object().member("service", call.service).member("hotels", call.hotels);
        out.member("hmac_ok", call.hmac_ok).member("answered", call.answered).end_object();
    }
    out.end_array().member("total", seen_.size()).member("bad_hmacs", bad_hmacs_);
    out.member("most_in_a_second", rates_.most_in_a_second());
    out.member("most_identical_in_30s", rates_.most_identical_in_30s());
    out.key("knobs").raw(board_.to_json()).end_object();
    return out.take();
}

std::string signed_lockapi_form(text_fields fields, const pms_registration& pms) {
    fields.emplace_back("version", "1.1.0");
    fields.emplace_back("pmsId", pms.id);
    const std::string hmac = quhuhu_hmac(fields, pms.key);
    fields.emplace_back("hmac", hmac);
    return encode_form(fields);
}

}  // namespace lockhub::simulators
