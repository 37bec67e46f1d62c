#include "hub/routes/provision_route.hpp"

#include <array>

#include "hub/routes/body_members.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

constexpr std::array<std::string_view, 8> known_members{"account", "hotel", "pms",   "home",
                                                        "details", "apply", "prune", "actor"};

void write_difference(wire::json_writer& json, const place_difference& one) {
    json.begin_object().member("what", to_string(one.what)).member("work", is_work(one.what));
    json.member("room", one.room).member("before", one.before).member("after", one.after);
    json.member("note", one.note).end_object();
}

void write_refusal(wire::json_writer& json, const provision_report::refusal& one) {
    json.begin_object().member("place", one.place).member("method", one.method).member("code", one.code);
    json.member("message", one.message);
    if (one.meaning.is_known()) {
        const auto advice = one.meaning.advice;
        json.key("meaning").begin_object().member("english", one.meaning.english);
        json.member("chinese", one.meaning.chinese).member("advice", to_string(advice));
        json.member("advice_english", in_english(advice)).member("advice_chinese", in_chinese(advice)).end_object();
    }
    json.end_object();
}

int status_of(errc code) {
    constexpr int bad_gateway = 502;
    return code == errc::timeout || code == errc::unavailable ? bad_gateway : 0;
}

}  // namespace

result<provision_request> parse_provision(std::string_view text) {
    body_members members(text, known_members);
    provision_request out;
    out.account = account_id(members.text("account", true));
    out.hotel = hotel_no(members.text("hotel", true));
    out.pms = pms_id(members.text("pms"));
    out.home = members.text("home");
    out.apply = members.flag("apply");
    out.prune = members.flag("prune");
    out.actor = members.text("actor");
    if (!members.sound()) return std::unexpected(members.sound().error());
    const auto body = wire::json_value::parse(text);
    const auto* details = body ? body->find("details") : nullptr;
    if (details == nullptr) return out;
    if (!details->is_object()) return fail(errc::invalid_input, "'details' must be an object");
    for (const auto& [name, value] : details->members()) out.details.add(name, value.text());
    return out;
}

std::string to_json(const provision_report& report) {
    wire::json_writer json;
    json.begin_object().member("applied", report.applied).member("can_make", report.can_make);
    json.member("pms", report.pms.value).member("hotel", report.hotel.value).member("home", report.home);
    json.member("home_name", report.home_name).member("note", report.note).member("rooms", report.rooms);
    json.member("unchanged", report.unchanged).member("left_out", report.left_out);
    json.member("locks_lacking", report.locks_lacking).key("differences").begin_array();
    for (const auto& one : report.differences) write_difference(json, one);
    json.end_array();
    if (report.applied) {
        json.member("calls", report.calls).member("locks_filled", report.locks_filled).key("refused").begin_array();
        for (const auto& one : report.refused) write_refusal(json, one);
        json.end_array();
        if (report.stopped) json.member("stopped", report.stopped->message);
    }
    return json.end_object().take();
}

task<void> provision_route::answer(const request& in, response& out) {
    auto wanted = parse_provision(in.body);
    if (!wanted) {
        refuse(out, wanted.error());
        co_return;
    }
    const auto done = co_await services().provisions->run(*std::move(wanted));
    if (done) {
        out.body = to_json(*done);
        co_return;
    }
    const auto& why = done.error();
    if (const int status = status_of(why.code); status != 0)
        refuse(out, status, to_string(why.code), why.message);
    else
        refuse(out, why);
}

}  // namespace lockhub::hub
