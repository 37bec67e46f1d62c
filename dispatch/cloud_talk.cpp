#include "dispatch/cloud_talk.hpp"

#include <utility>

namespace lockhub::dispatch {

namespace {

struct to_facts {
    result<command_facts> operator()(reply::done& said) const { return std::move(said.facts); }
    result<command_facts> operator()(const reply::rejected& said) const { return fail(errc::conflict, said.message); }
    result<command_facts> operator()(const reply::retry& said) const { return fail(errc::unavailable, said.message); }
    result<command_facts> operator()(const reply::renew_token& said) const {
        return fail(errc::unavailable, said.message);
    }
    result<command_facts> operator()(const reply::accepted&) const {
        return fail(errc::internal, "the lock cloud answered a question with a promise");
    }
};

}  // namespace

conversation<command_answer> talk_to_send(std::shared_ptr<const lock_cloud> cloud, vendor_command command,
                                          const clock& time) {
    const auto shared = std::make_shared<const vendor_command>(std::move(command));
    conversation<command_answer> talk;
    talk.encode = [cloud, shared, &time](const access_token& token, std::string_view nonce) {
        return cloud->encode(*shared, token, time.now(), nonce);
    };
    talk.decode = [cloud, shared, &time](const wire::http_response& response) {
        return command_answer{cloud->decode(*shared, response, time.now()), response.status};
    };
    talk.token_refused = [](const command_answer& said) {
        return std::holds_alternative<reply::renew_token>(said.reply);
    };
    talk.busy = [](const command_answer& said) -> std::optional<busy_answer> {
        const auto* retry = std::get_if<reply::retry>(&said.reply);
        if (retry == nullptr || !retry->busy) return std::nullopt;
        return busy_answer{retry->after};
    };
    return talk;
}

conversation<probe_reply> talk_to_ask(std::shared_ptr<const lock_cloud> cloud, vendor_command command,
                                      const clock& time) {
    const auto shared = std::make_shared<const vendor_command>(std::move(command));
    conversation<probe_reply> talk;
    talk.encode = [cloud, shared, &time](const access_token& token,
                                         std::string_view nonce) -> result<wire::http_request> {
        auto question = cloud->encode_probe(*shared, token, time.now(), nonce);
        if (!question) return fail(errc::unsupported, "this cloud cannot be asked");
        return std::move(*question);
    };
    talk.decode = [cloud, shared](const wire::http_response& response) {
        return cloud->decode_probe(*shared, response);
    };
    talk.token_refused = [](const probe_reply& said) {
        const auto* unclear = std::get_if<probe::unclear>(&said);
        return unclear != nullptr && unclear->renew_token;
    };
    talk.busy = [](const probe_reply& said) -> std::optional<busy_answer> {
        const auto* unclear = std::get_if<probe::unclear>(&said);
        if (unclear == nullptr || !unclear->busy) return std::nullopt;
        return busy_answer{unclear->after};
    };
    return talk;
}

conversation<method_called> talk_to_call(std::shared_ptr<const lock_cloud> cloud, const vendor_method& method,
                                         wire::form fields, const clock& time) {
    const auto shared = std::make_shared<const wire::form>(std::move(fields));
    const auto sent_with = std::make_shared<secret>();
    conversation<method_called> talk;
    talk.encode = [cloud, &method, shared, sent_with, &time](const access_token& token, std::string_view nonce) {
        *sent_with = token.value;
        return cloud->encode_method(method, *shared, token, time.now(), nonce);
    };
    talk.decode = [cloud, &method, sent_with](const wire::http_response& response) {
        return method_called{cloud->decode_method(method, response), *sent_with};
    };
    talk.token_refused = [](const method_called& said) {
        return said.answer.what == method_answer::outcome::token_refused;
    };
    talk.busy = [](const method_called& said) -> std::optional<busy_answer> {
        if (!said.answer.busy) return std::nullopt;
        return busy_answer{said.answer.retry_after};
    };
    return talk;
}

result<command_facts> facts_of(command_reply reply) {
    return std::visit(to_facts{}, reply);
}

}  // namespace lockhub::dispatch
