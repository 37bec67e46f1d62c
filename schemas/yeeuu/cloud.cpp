#include "schemas/yeeuu/cloud.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "schemas/wire/absolute_url.hpp"
#include "schemas/wire/json_writer.hpp"
#include "schemas/yeeuu/commands.hpp"
#include "schemas/yeeuu/methods.hpp"
#include "schemas/yeeuu/places.hpp"
#include "schemas/yeeuu/reply.hpp"

namespace lockhub::yeeuu {

namespace {

class cloud final : public lock_cloud {
  public:
    explicit cloud(account_settings settings) : settings_(std::move(settings)) {
        auto& url = settings_.base_url;
        if (url.find_first_of("?#", wire::path_begin(url, "base_url")) != std::string::npos) {
            throw std::invalid_argument(fmt::format("base_url \"{}\" ends in a query", url));
        }
        while (url.ends_with('/')) url.pop_back();
        if (settings_.guest_mobile.empty() || settings_.manage_mobile.empty() ||
            settings_.guest_mobile == settings_.manage_mobile) {
            throw std::invalid_argument("guest_mobile and manage_mobile must be two different numbers");
        }
    }

    const account_id& account() const override { return settings_.account; }
    std::string_view vendor() const override { return "yeeuu"; }
    cloud_traits traits() const override {
        cloud_traits known;
        known.verbs = settings_.operator_mobile.empty() ? verbs_without_opener : verbs;
        known.polls_openings = true;
        return known;
    }

    std::vector<push_endpoint> push_endpoints() const override { return {}; }
    result<parsed_push> parse_push(const push_request&) const override {
        return fail(errc::unsupported, "云柚 pushes nothing");
    }
    std::string acknowledge(std::size_t) const override { return answer(true, ""); }
    std::string refuse(const error& why) const override { return answer(false, why.message); }

    std::optional<wire::http_request> encode_token_request(time_point) const override { return std::nullopt; }
    result<access_token> decode_token(const wire::http_response&, time_point) const override {
        return fail(errc::unsupported, "云柚 gives no tokens");
    }

    result<wire::http_request> encode(const vendor_command& command, const access_token&, time_point now,
                                      std::string_view nonce) const override {
        return encode_command(settings_, command, {now, nonce});
    }
    command_reply decode(const vendor_command& command, const wire::http_response& response,
                         time_point) const override {
        return decode_command(settings_, command, response);
    }

    std::optional<wire::http_request> encode_probe(const vendor_command& command, const access_token&, time_point now,
                                                   std::string_view nonce) const override {
        if (!can_be_repeated(command.verb)) return std::nullopt;
        auto request = encode_command(settings_, command, {now, nonce});
        return request ? std::optional(std::move(*request)) : std::nullopt;
    }
    probe_reply decode_probe(const vendor_command& command, const wire::http_response& response) const override {
        return yeeuu::decode_probe(settings_, command, response);
    }

    std::span<const vendor_method> methods() const override { return method_table(); }
    result<wire::http_request> encode_method(const vendor_method& method, const wire::form& fields, const access_token&,
                                             time_point now, std::string_view nonce) const override {
        return yeeuu::encode_method(settings_, method, fields, {now, nonce});
    }
    method_answer decode_method(const vendor_method&, const wire::http_response& response) const override {
        return yeeuu::decode_method(settings_, response);
    }

    const place_codec* places() const override { return &places_; }

    // No codes were ever published, and of the texts one: token错误.
    code_meaning meaning_of(std::int64_t, std::string_view message) const override {
        if (!is_token_error(message)) return {};
        return {"签名（token）错误", "the signature was refused: the secret, or one of the two clocks",
                code_advice::check_credentials};
    }

  private:
    static std::string answer(bool success, std::string_view description) {
        wire::json_writer body;
        body.begin_object().member("success", success).member("desc", description).end_object();
        return body.take();
    }

    account_settings settings_;
    yeeuu::places places_;
};

}  // namespace

std::unique_ptr<lock_cloud> make_cloud(account_settings settings) {
    return std::make_unique<cloud>(std::move(settings));
}

}  // namespace lockhub::yeeuu
