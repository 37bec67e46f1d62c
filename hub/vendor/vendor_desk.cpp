#include "hub/vendor/vendor_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dispatch/net/await_store.hpp"
#include "schemas/core/suggestions.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/domain/method_fields.hpp"

namespace lockhub::hub {

namespace {

using dispatch::call_failure;

constexpr std::size_t longest_subject_bytes = 512;

// "dd-main add_password uuid=0a1b password=******"
std::string subject_of(const vendor_request& wanted, const vendor_method& method, const message_mask& mask) {
    std::string out = fmt::format("{} {}", wanted.account.value, method.name);
    for (const auto& parameter : method.parameters) {
        const auto given = wanted.fields.find(parameter.name);
        if (!given) continue;
        const auto shown = parameter.secret ? std::string(message_mask::hidden) : mask.value(parameter.name, *given);
        out += fmt::format(" {}={}", parameter.name, shown);
    }
    return std::string(clip_utf8(out, longest_subject_bytes));
}

std::string words_for(const dispatch::call_result<dispatch::method_called>& said, const message_mask& mask) {
    if (said) {
        const auto& answer = said->answer;
        return fmt::format("{} {}: {}", to_string(answer.what), answer.code, mask.text(answer.message));
    }
    const std::string_view what =
        said.error().what == call_failure::kind::answer_lost ? "the answer was lost" : "not called";
    return fmt::format("{}: {}", what, said.error().why.message);
}

vendor_said as_shown(const method_answer& answer, const message_mask& mask, const lock_cloud& cloud) {
    vendor_said out{answer.what, answer.code, mask.text(answer.message), {}, answer.retry_after, {}};
    if (answer.what != method_answer::outcome::done) out.meaning = cloud.meaning_of(out.code, out.message);
    if (answer.body.type() == wire::json_value::kind::null) return out;
    wire::json_writer body;
    mask.write(body, answer.body);
    out.body = body.take();
    return out;
}

error failure_of(const call_failure& failure, const vendor_method& method) {
    if (failure.what != call_failure::kind::answer_lost || !method.changes) return failure.why;
    return {failure.why.code, fmt::format("the answer was lost, and {} may have been carried out: look before it is "
                                          "called again ({})",
                                          method.name, failure.why.message)};
}

}  // namespace

result<vendor_desk::plan> vendor_desk::prepare(const vendor_request& wanted) const {
    std::vector<std::string_view> known;
    for (const auto& cloud : clouds_) known.push_back(cloud->account().value);
    const auto found = std::ranges::find(clouds_, wanted.account, [](const auto& cloud) { return cloud->account(); });
    if (found == clouds_.end()) {
        return fail(errc::not_found, fmt::format("no account '{}' is configured{}", wanted.account.value,
                                                 did_you_mean(wanted.account.value, known)));
    }
    plan out;
    out.cloud = *found;
    const auto method = find_method(out.cloud->methods(), wanted.method);
    if (!method) return std::unexpected(method.error());
    out.method = *method;
    const access_token stand_in{secret("the-token-of-the-account"), time_.now()};
    auto message = out.cloud->encode_method(*out.method, wanted.fields, stand_in, time_.now(), "fresh-in-each-call");
    if (!message) return std::unexpected(message.error());
    out.message = std::move(*message);
    out.mask = message_mask(message_mask::secrets_of(out.message));
    return out;
}

result<wire::http_request> vendor_desk::rehearse(const vendor_request& wanted) const {
    const auto planned = prepare(wanted);
    if (!planned) return std::unexpected(planned.error());
    return planned->mask.request(planned->message);
}

dispatch::task<result<storage::nothing>> vendor_desk::note(storage::audit_entry entry) {
    auto noted = co_await dispatch::await_store<storage::nothing>(
        [&](auto done) { store_.record_audit(std::move(entry), std::move(done)); });
    co_return noted;
}

dispatch::task<result<vendor_said>> vendor_desk::call(vendor_request wanted) {
    const auto planned = prepare(wanted);
    if (!planned) co_return std::unexpected(planned.error());
    const auto& method = *planned->method;
    if (method.changes && !wanted.confirmed) {
        co_return fail(errc::conflict, fmt::format("{} changes something at the lock cloud: confirm it", method.name));
    }
    storage::audit_entry entry{wanted.actor, "vendor_call", subject_of(wanted, method, planned->mask), "is called"};
    if (method.changes) {
        const auto intended = co_await note(entry);
        if (!intended) co_return std::unexpected(intended.error());
    }
    auto said = co_await commands_.call_method(wanted.account, std::string(method.name), std::move(wanted.fields));
    auto mask = planned->mask;
    if (said) mask.add(said->sent_with);
    entry.reason = words_for(said, mask);
    const auto noted = co_await note(std::move(entry));
    if (!said) co_return std::unexpected(failure_of(said.error(), method));
    const auto& answer = said->answer;
    if (!noted) {
        co_return fail(noted.error().code,
                       fmt::format("{} was called and answered {}, but the record of it could not be kept: {}",
                                   method.name, to_string(answer.what), noted.error().message));
    }
    co_return as_shown(answer, mask, *planned->cloud);
}

}  // namespace lockhub::hub
