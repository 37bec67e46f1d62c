#include "tests/support/plain_cloud.hpp"

#include <sstream>
#include <utility>

namespace lockhub::test {

namespace {

std::optional<duration> seconds_in(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return std::chrono::seconds(std::stoll(text));
}

class plain_cloud : public lock_cloud {
  public:
    explicit plain_cloud(plain_cloud_options options) : options_(std::move(options)), account_(options_.account) {}

    const account_id& account() const override { return account_; }
    std::string_view vendor() const override { return "plain"; }

    cloud_traits traits() const override {
        using enum command_verb;
        cloud_traits known;
        known.verbs = {set_pin, replace_pin, remove_pin, read_pins, read_dynamic_pin, read_lock};
        return known;
    }

    std::vector<push_endpoint> push_endpoints() const override { return {}; }
    result<parsed_push> parse_push(const push_request&) const override { return fail(errc::unsupported, "no pushes"); }
    std::string acknowledge(std::size_t) const override { return "ok"; }
    std::string refuse(const error&) const override { return "no"; }

    std::optional<wire::http_request> encode_token_request(time_point) const override {
        if (!options_.needs_token) return std::nullopt;
        return request("/token", "");
    }

    result<access_token> decode_token(const wire::http_response& response, time_point now) const override {
        std::istringstream words(response.body);
        std::string kind;
        std::string value;
        std::int64_t seconds = 0;
        words >> kind >> value >> seconds;
        if (kind != "token") return fail(errc::unauthentic, "the cloud refused our credentials");
        return access_token{secret(value), now + std::chrono::seconds(seconds)};
    }

    result<wire::http_request> encode(const vendor_command& command, const access_token& token, time_point,
                                      std::string_view nonce) const override {
        if (command.verb == command_verb::freeze_pin) return fail(errc::unsupported, "this cloud cannot freeze");
        return request("/send", std::string(token.value.reveal()) + " " + std::string(nonce) + " " + command.label);
    }

    command_reply decode(const vendor_command&, const wire::http_response& response, time_point) const override {
        std::istringstream words(response.body);
        std::string kind;
        std::string first;
        std::string second;
        words >> kind >> first >> second;
        if (kind == "accepted") return reply::accepted{first, second};
        if (kind == "done") {
            command_facts facts;
            facts.credential_ref = first;
            return reply::done{std::move(facts)};
        }
        if (kind == "rejected") return reply::rejected{std::stoll(first), second};
        if (kind == "renew") return reply::renew_token{"token refused"};
        if (kind == "busy") return reply::retry{seconds_in(first), "busy", true, true};
        if (kind == "later") return reply::retry{std::nullopt, "later", true};
        return reply::retry{std::nullopt, "not understood: " + response.body};
    }

    std::optional<wire::http_request> encode_probe(const vendor_command& command, const access_token& token, time_point,
                                                   std::string_view nonce) const override {
        if (!options_.can_be_asked) return std::nullopt;
        return request("/ask", std::string(token.value.reveal()) + " " + std::string(nonce) + " " + command.label);
    }

    probe_reply decode_probe(const vendor_command&, const wire::http_response& response) const override {
        std::istringstream words(response.body);
        std::string kind;
        std::string first;
        words >> kind >> first;
        if (kind == "absent") return probe::absent{};
        if (kind == "running") return probe::running{first};
        if (kind == "done") return probe::done{first};
        if (kind == "failed") return probe::failed{first};
        if (kind == "busy") return probe::unclear{false, "busy", true, seconds_in(first)};
        return probe::unclear{kind == "renew", "not understood: " + response.body};
    }

    code_meaning meaning_of(std::int64_t, std::string_view) const override { return {}; }

  private:
    wire::http_request request(std::string_view path, std::string body) const {
        return {.method = "POST",
                .url = "http://" + options_.account + ".cloud" + std::string(path),
                .headers = {},
                .body = std::move(body)};
    }

    plain_cloud_options options_;
    account_id account_;
};

}  // namespace

std::shared_ptr<const lock_cloud> make_plain_cloud(plain_cloud_options options) {
    return std::make_shared<plain_cloud>(std::move(options));
}

}  // namespace lockhub::test
