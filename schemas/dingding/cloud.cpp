#include "schemas/dingding/cloud.hpp"

#include <fmt/format.h>

#include <utility>

#include "schemas/core/limits.hpp"
#include "schemas/dingding/commands.hpp"
#include "schemas/dingding/error_codes.hpp"
#include "schemas/dingding/message.hpp"
#include "schemas/dingding/method_table.hpp"
#include "schemas/dingding/methods.hpp"
#include "schemas/dingding/places.hpp"
#include "schemas/dingding/probe.hpp"
#include "schemas/dingding/push.hpp"
#include "schemas/dingding/sign.hpp"
#include "schemas/dingding/token.hpp"
#include "schemas/wire/absolute_url.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::dingding {

namespace {

push_endpoint make_endpoint(const std::string& url, std::string_view key) {
    const auto begin = wire::path_begin(url, key);
    std::string path = url.substr(begin, url.find_first_of("?#", begin) - begin);
    return {url, path.empty() ? "/" : std::move(path)};
}

class cloud final : public lock_cloud {
  public:
    explicit cloud(account_settings settings) : settings_(std::move(settings)) {
        endpoints_.push_back(make_endpoint(settings_.event_url, "event_url"));
        auto results = make_endpoint(settings_.result_url, "result_url");
        if (settings_.result_url != settings_.event_url) endpoints_.push_back(std::move(results));
        wire::path_begin(settings_.base_url, "base_url");
        while (settings_.base_url.ends_with('/')) settings_.base_url.pop_back();
    }

    const account_id& account() const override { return settings_.account; }
    std::string_view vendor() const override { return "dingding"; }
    cloud_traits traits() const override {
        using enum command_verb;
        cloud_traits known;
        known.verbs = {set_pin,          replace_pin, remove_pin, freeze_pin,         unfreeze_pin, read_pins,
                       read_dynamic_pin, read_lock,   read_log,   read_operation_log, list_devices};
        return known;
    }
    std::vector<push_endpoint> push_endpoints() const override { return endpoints_; }

    result<parsed_push> parse_push(const push_request& request) const override {
        if (request.body.size() > limits::push_body_bytes) {
            return fail(errc::too_large, fmt::format("body is longer than {} bytes", limits::push_body_bytes));
        }
        thread_local push_message message;
        if (auto read = message.read(request.content_type, request.body); !read) return std::unexpected(read.error());
        if (!is_push(message)) {
            return fail(errc::invalid_input, "body is neither an event nor a result: no 'event' and no 'service'");
        }
        const auto sign = check_sign(request.registered_url, message);
        if (sign == sign_state::wrong) {
            return fail(errc::unauthentic, "sign does not fit the registered URL and the body");
        }
        if (sign == sign_state::missing && settings_.sign == sign_policy::required) {
            return fail(errc::unauthentic, "sign is missing");
        }
        return interpret(settings_.account, message);
    }

    std::string acknowledge(std::size_t stored_records) const override {
        wire::json_writer body;
        body.begin_object().member("ErrNo", 0).member("ErrMsg", "success").member("count", stored_records).end_object();
        return body.take();
    }

    std::string refuse(const error& why) const override {
        int code = 15000;
        if (why.code == errc::invalid_input || why.code == errc::too_large) code = 14001;
        if (why.code == errc::unauthentic) code = 15014;
        wire::json_writer body;
        body.begin_object().member("ErrNo", code).member("ErrMsg", why.message).end_object();
        return body.take();
    }

    std::optional<wire::http_request> encode_token_request(time_point) const override {
        return dingding::encode_token_request(settings_);
    }
    result<access_token> decode_token(const wire::http_response& response, time_point now) const override {
        return dingding::decode_token(response, now);
    }

    result<wire::http_request> encode(const vendor_command& command, const access_token& token, time_point now,
                                      std::string_view) const override {
        return encode_command(settings_, command, token, now);
    }
    command_reply decode(const vendor_command& command, const wire::http_response& response,
                         time_point) const override {
        return decode_command(command, response);
    }

    // Reading calls change nothing: they are sent again rather than asked about.
    std::optional<wire::http_request> encode_probe(const vendor_command& command, const access_token& token, time_point,
                                                   std::string_view) const override {
        if (!changes_lock(command.verb)) return std::nullopt;
        auto request = encode_fetch_passwords(settings_, command, token);
        return request ? std::optional(std::move(*request)) : std::nullopt;
    }
    probe_reply decode_probe(const vendor_command& command, const wire::http_response& response) const override {
        return dingding::decode_probe(command, response);
    }

    std::span<const vendor_method> methods() const override { return method_table(); }
    result<wire::http_request> encode_method(const vendor_method& method, const wire::form& fields,
                                             const access_token& token, time_point, std::string_view) const override {
        return dingding::encode_method(settings_, method, fields, token);
    }
    method_answer decode_method(const vendor_method&, const wire::http_response& response) const override {
        return dingding::decode_method(settings_, response);
    }

    const place_codec* places() const override { return &places_; }

    code_meaning meaning_of(std::int64_t code, std::string_view) const override { return meaning_of_code(code); }

  private:
    account_settings settings_;
    dingding::places places_;
    std::vector<push_endpoint> endpoints_;
};

}  // namespace

std::unique_ptr<lock_cloud> make_cloud(account_settings settings) {
    return std::make_unique<cloud>(std::move(settings));
}

}  // namespace lockhub::dingding
