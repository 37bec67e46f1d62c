#include "hub/routes/operator_handler.hpp"

#include "schemas/core/limits.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

int status_of(errc code) {
    switch (code) {
        case errc::invalid_input:
            return 400;
        case errc::unauthentic:
            return 401;
        case errc::not_found:
            return 404;
        case errc::conflict:
            return 409;
        case errc::too_large:
            return 413;
        case errc::unavailable:
        case errc::timeout:
            return 503;
        case errc::unsupported:
            return 400;
        case errc::internal:
            return 500;
    }
    return 500;
}

bool is_local(std::string_view client) {
    return client.empty() || client.starts_with("unix") || client.starts_with("127.") || client == "::1" ||
           client.starts_with("::ffff:127.");
}

}  // namespace

void refuse(response& out, int status, std::string_view code, std::string_view message) {
    wire::json_writer json;
    out.status = status;
    out.body = json.begin_object().member("error", message).member("code", code).end_object().take();
    if (status == 503) out.retry_after_seconds = 1;
}

void refuse(response& out, const error& why) {
    refuse(out, status_of(why.code), to_string(why.code), why.message);
}

task<void> operator_handler::handle(const request& in, response& out) {
    constexpr std::string_view scheme = "Bearer ";
    if (!is_local(in.client_address)) {
        refuse(out, 403, "unauthentic", "the operator API serves this machine only");
        co_return;
    }
    const bool bears = in.authorization.starts_with(scheme);
    const auto given = bears ? in.authorization.substr(scheme.size()) : std::string_view();
    if (services_->token.empty() || !equal_constant_time(given, services_->token.reveal())) {
        refuse(out, 401, "unauthentic", "the bearer token is missing or wrong");
        co_return;
    }
    co_await answer(in, out);
}

route operator_route(std::string_view path, std::shared_ptr<handler> target) {
    route out;
    out.path = path;
    out.methods = {"POST"};
    out.body_limit = limits::operator_body_bytes;
    out.target = std::move(target);
    return out;
}

}  // namespace lockhub::hub
