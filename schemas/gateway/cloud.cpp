#include "schemas/gateway/cloud.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "schemas/gateway/answers.hpp"
#include "schemas/gateway/calls.hpp"
#include "schemas/gateway/methods.hpp"
#include "schemas/gateway/offline_texts.hpp"
#include "schemas/gateway/reply.hpp"
#include "schemas/wire/absolute_url.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::gateway {

namespace {

// Nobody tells when a lock is back on line.
constexpr duration offline_belief = std::chrono::minutes(10);

class cloud final : public lock_cloud {
  public:
    explicit cloud(account_settings settings) : settings_(std::move(settings)) {
        const auto path = std::string_view(settings_.base_url).substr(wire::path_begin(settings_.base_url, "base_url"));
        if (path.find_first_of("?#") != std::string_view::npos) {
            throw std::invalid_argument(fmt::format("base_url \"{}\" ends in a query", settings_.base_url));
        }
        while (settings_.base_url.ends_with('/')) settings_.base_url.pop_back();
    }

    const account_id& account() const override { return settings_.account; }
    std::string_view vendor() const override { return "gateway"; }
    cloud_traits traits() const override {
        using enum command_verb;
        cloud_traits known;
        known.verbs = {set_pin,     replace_pin, remove_pin,         read_dynamic_pin, list_devices,
                       make_card,   read_card,   clear_card,         lose_cards,       open_door,
                       upload_face, stop_face,   upload_fingerprint, stop_fingerprint};
        known.first_pin_slot = first_sequence_number;
        known.last_pin_slot = last_sequence_number;
        known.first_biometric_slot = first_sequence_number;
        known.last_biometric_slot = last_sequence_number;
        known.removes_offline_pins = true;
        known.offline_believed_for = offline_belief;
        return known;
    }

    std::vector<push_endpoint> push_endpoints() const override { return {}; }
    result<parsed_push> parse_push(const push_request&) const override {
        return fail(errc::unsupported, "the gateway pushes nothing");
    }
    std::string acknowledge(std::size_t) const override {
        wire::json_writer body;
        body.begin_object().member("code", 1).member("msg", "").end_object();
        return body.take();
    }
    std::string refuse(const error& why) const override {
        wire::json_writer body;
        body.begin_object().member("code", 0).member("msg", why.message).end_object();
        return body.take();
    }

    std::optional<wire::http_request> encode_token_request(time_point) const override { return std::nullopt; }
    result<access_token> decode_token(const wire::http_response&, time_point) const override {
        return fail(errc::unsupported, "the gateway gives no tokens");
    }

    result<wire::http_request> encode(const vendor_command& command, const access_token&, time_point,
                                      std::string_view) const override {
        return encode_call(settings_, command);
    }
    command_reply decode(const vendor_command& command, const wire::http_response& response,
                         time_point) const override {
        return decode_answer(settings_, command, response);
    }

    std::optional<wire::http_request> encode_probe(const vendor_command& command, const access_token&, time_point,
                                                   std::string_view) const override {
        const auto question = question_about(command);
        if (!question) return std::nullopt;
        auto request = encode_call(settings_, *question);
        return request ? std::optional(std::move(*request)) : std::nullopt;
    }
    probe_reply decode_probe(const vendor_command& command, const wire::http_response& response) const override {
        return gateway::decode_probe(settings_, command, response);
    }

    std::span<const vendor_method> methods() const override { return method_table(); }
    result<wire::http_request> encode_method(const vendor_method& method, const wire::form& fields, const access_token&,
                                             time_point, std::string_view) const override {
        return gateway::encode_method(settings_, method, fields);
    }
    method_answer decode_method(const vendor_method&, const wire::http_response& response) const override {
        return gateway::decode_method(settings_, response);
    }

    // The document has one code, 1 for success; the rest is text.
    code_meaning meaning_of(std::int64_t code, std::string_view message) const override {
        if (code == code_of_success) return {"操作成功", "success", code_advice::none};
        if (says_lock_offline(message)) {
            return {"门锁离线", "the gateway cannot reach the lock", code_advice::check_lock};
        }
        return {};
    }

  private:
    account_settings settings_;
};

}  // namespace

std::unique_ptr<lock_cloud> make_cloud(account_settings settings) {
    return std::make_unique<cloud>(std::move(settings));
}

}  // namespace lockhub::gateway
