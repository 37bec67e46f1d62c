#include "schemas/dingding/token.hpp"

#include <fmt/format.h>

#include "schemas/dingding/reply.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::dingding {

namespace {

// Asked for again this soon where the reply names no end.
constexpr auto unnamed_lifetime = std::chrono::hours(1);

}  // namespace

wire::http_request encode_token_request(const account_settings& settings) {
    wire::json_writer body;
    body.begin_object()
        .member("client_id", settings.client_id)
        .member("client_secret", settings.client_secret.reveal())
        .end_object();
    return {.method = "POST",
            .url = settings.base_url + "/access_token",
            .headers = {{"Content-Type", "application/json"}},
            .body = body.take()};
}

result<access_token> decode_token(const wire::http_response& response, time_point now) {
    const auto reply = read_reply(response);
    switch (reply.kind) {
        case api_reply::outcome::done:
            break;
        case api_reply::outcome::unavailable:
            return fail(errc::unavailable, fmt::format("access_token: {}", reply.message));
        default:
            return fail(errc::unauthentic,
                        fmt::format("access_token refused with ErrNo {}: {}", reply.code, reply.message));
    }
    access_token token{.value = secret(reply.body.text_of("access_token"))};
    if (token.value.empty()) return fail(errc::unavailable, "access_token: the reply carries no token");
    const auto expires = read_stamp(reply.body.integer_of("expires_time").value_or(0));
    token.expires_at = expires.value_or(now + unnamed_lifetime);
    return token;
}

}  // namespace lockhub::dingding
