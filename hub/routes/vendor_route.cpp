#include "hub/routes/vendor_route.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "schemas/core/suggestions.hpp"
#include "schemas/wire/json_print.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

using wire::json_value;

constexpr std::array<std::string_view, 6> known_members{"account", "method", "fields", "dry_run", "confirmed", "actor"};

result<> read_flag(const json_value& body, std::string_view name, bool& into) {
    const auto* member = body.find(name);
    if (member == nullptr) return {};
    if (member->type() != json_value::kind::boolean) {
        return fail(errc::invalid_input, fmt::format("'{}' must be true or false", name));
    }
    into = member->text() == "true";
    return {};
}

result<> read_text(const json_value& body, std::string_view name, std::string& into) {
    const auto* member = body.find(name);
    if (member == nullptr || member->type() != json_value::kind::string || member->text().empty()) {
        return fail(errc::invalid_input, fmt::format("'{}' must be a text that is not empty", name));
    }
    into = member->text();
    return {};
}

result<> read_fields_member(const json_value& body, wire::form& into) {
    const auto* fields = body.find("fields");
    if (fields == nullptr) return {};
    if (!fields->is_object()) return fail(errc::invalid_input, "'fields' must be an object");
    for (const auto& [name, value] : fields->members()) {
        const bool nested = value.is_object() || value.is_array();
        into.add(name, nested ? wire::compact(value) : value.text());
    }
    return {};
}

std::string to_json(const wire::http_request& message) {
    wire::json_writer json;
    json.begin_object().member("method", message.method).member("url", message.url).key("headers").begin_object();
    for (const auto& [name, value] : message.headers) json.member(name, value);
    return json.end_object().member("body", message.body).end_object().take();
}

std::string to_json(const vendor_said& said) {
    wire::json_writer json;
    json.begin_object().member("outcome", to_string(said.what)).member("code", said.code);
    json.member("message", said.message);
    if (said.retry_after) json.member("retry_after_ms", said.retry_after->count());
    if (said.meaning.is_known()) {
        const auto advice = said.meaning.advice;
        json.key("meaning").begin_object().member("english", said.meaning.english);
        json.member("chinese", said.meaning.chinese).member("advice", to_string(advice));
        json.member("advice_english", in_english(advice)).member("advice_chinese", in_chinese(advice)).end_object();
    }
    if (!said.body.empty()) json.key("answer").raw(said.body);
    return json.end_object().take();
}

}  // namespace

result<vendor_call_body> parse_vendor_call(std::string_view text) {
    const auto body = json_value::parse(text);
    if (!body) return fail(errc::invalid_input, "the body is no JSON: " + body.error().message);
    if (!body->is_object()) return fail(errc::invalid_input, "the body must be a JSON object");
    for (const auto& [name, value] : body->members()) {
        if (std::ranges::find(known_members, name) != known_members.end()) continue;
        return fail(errc::invalid_input, fmt::format("unknown member '{}'{}", name, did_you_mean(name, known_members)));
    }
    vendor_call_body out;
    auto& wanted = out.request;
    const std::array<result<>, 5> steps{
        read_text(*body, "account", wanted.account.value), read_text(*body, "method", wanted.method),
        read_fields_member(*body, wanted.fields), read_flag(*body, "dry_run", out.dry_run),
        read_flag(*body, "confirmed", wanted.confirmed)};
    for (const auto& step : steps) {
        if (!step) return std::unexpected(step.error());
    }
    wanted.actor = body->text_of("actor");
    return out;
}

task<void> vendor_route::answer(const request& in, response& out) {
    auto wanted = parse_vendor_call(in.body);
    if (!wanted) {
        refuse(out, wanted.error());
        co_return;
    }
    if (wanted->dry_run) {
        const auto shown = desk_.rehearse(wanted->request);
        if (!shown) {
            refuse(out, shown.error());
        } else {
            out.body = to_json(*shown);
        }
        co_return;
    }
    const auto said = co_await desk_.call(std::move(wanted->request));
    if (!said) {
        refuse(out, said.error());
        co_return;
    }
    out.body = to_json(*said);
}

}  // namespace lockhub::hub
