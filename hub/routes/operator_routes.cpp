#include "hub/routes/operator_routes.hpp"

#include <fmt/format.h>

#include <array>

#include "dispatch/net/await_store.hpp"
#include "schemas/domain/directory.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

using dispatch::await_store;

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

void refuse(response& out, int status, std::string_view code, std::string_view message) {
    wire::json_writer json;
    out.status = status;
    out.body = json.begin_object().member("error", message).member("code", code).end_object().take();
    if (status == 503) out.retry_after_seconds = 1;
}

void refuse(response& out, const error& why) {
    refuse(out, status_of(why.code), to_string(why.code), why.message);
}

bool is_local(std::string_view client) {
    return client.empty() || client.starts_with("unix") || client.starts_with("127.") || client == "::1" ||
           client.starts_with("::ffff:127.");
}

// What every operator call passes first.
class operator_handler : public handler {
  public:
    explicit operator_handler(std::shared_ptr<const operator_services> services) : services_(std::move(services)) {}

    task<void> handle(const request& in, response& out) final {
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

  protected:
    virtual task<void> answer(const request& in, response& out) = 0;
    const operator_services& services() const { return *services_; }

  private:
    std::shared_ptr<const operator_services> services_;
};

class status_handler final : public operator_handler {
  public:
    using operator_handler::operator_handler;

  protected:
    task<void> answer(const request&, response& out) override {
        out.body = to_json(services().report(), services().time->now());
        co_return;
    }
};

std::string to_json(const storage::operator_changed& changed, bool with_states) {
    wire::json_writer json;
    json.begin_object().member("matched", changed.matched).member("skipped", changed.skipped);
    if (with_states) {
        json.key("states").begin_array();
        for (const auto& [state, counts] : changed.by_state) {
            json.begin_object().member("state", to_string(state)).member("matched", counts.matched);
            json.member("skipped", counts.skipped).end_object();
        }
        json.end_array();
    }
    return json.end_object().take();
}

class outbox_handler final : public operator_handler {
  public:
    outbox_handler(std::shared_ptr<const operator_services> services, storage::delivery_verb verb)
        : operator_handler(std::move(services)), verb_(verb) {}

  protected:
    task<void> answer(const request& in, response& out) override {
        auto wanted = parse_outbox_change(verb_, in.body);
        if (!wanted) {
            refuse(out, wanted.error());
            co_return;
        }
        const bool dry_run = wanted->dry_run;
        const auto changed = co_await await_store<storage::operator_changed>(
            [&](auto done) { services().store->change_deliveries(*std::move(wanted), std::move(done)); });
        if (!changed) {
            refuse(out, changed.error());
            co_return;
        }
        out.body = to_json(*changed, dry_run);
    }

  private:
    storage::delivery_verb verb_;
};

result<storage::action_verdict> parse_verdict(std::string_view text) {
    const auto body = wire::json_value::parse(text);
    if (!body || !body->is_object()) return fail(errc::invalid_input, "the body must be a JSON object");
    storage::action_verdict verdict;
    verdict.action = action_id(body->text_of("action"));
    if (verdict.action.value.empty()) return fail(errc::invalid_input, "'action' is missing");
    const auto* succeeded = body->find("succeeded");
    if (succeeded == nullptr || succeeded->type() != wire::json_value::kind::boolean)
        return fail(errc::invalid_input, "'succeeded' must be true or false");
    verdict.succeeded = succeeded->text() == "true";
    verdict.actor = body->text_of("actor");
    verdict.reason = body->text_of("reason");
    return verdict;
}

class decide_handler final : public operator_handler {
  public:
    using operator_handler::operator_handler;

  protected:
    task<void> answer(const request& in, response& out) override {
        auto verdict = parse_verdict(in.body);
        if (!verdict) {
            refuse(out, verdict.error());
            co_return;
        }
        const auto decided = co_await await_store<storage::nothing>(
            [&](auto done) { services().store->decide_action(*std::move(verdict), std::move(done)); });
        if (!decided) {
            refuse(out, decided.error());
            co_return;
        }
        out.body = "{}";
    }
};

std::string to_json(const storage::directory_changed& changed) {
    wire::json_writer json;
    json.begin_object()
        .member("hotels_added", changed.hotels_added)
        .member("room_types_added", changed.room_types_added);
    json.member("rooms_added", changed.rooms_added).member("rooms_changed", changed.rooms_changed);
    json.member("rooms_unchanged", changed.rooms_unchanged).member("locks_bound", changed.locks_bound);
    return json.member("locks_unbound", changed.locks_unbound).end_object().take();
}

class import_handler final : public operator_handler {
  public:
    using operator_handler::operator_handler;

  protected:
    task<void> answer(const request& in, response& out) override {
        const auto query = wire::form::parse(in.query);
        auto rows = co_await parse_rows(in.body);
        if (!query || !rows) {
            refuse(out, query ? rows.error() : query.error());
            co_return;
        }
        storage::directory_change wanted;
        wanted.rows = *std::move(rows);
        wanted.dry_run = query->find("dry_run").value_or("") == "1";
        wanted.actor = std::string(query->find("actor").value_or(""));
        const auto changed = co_await await_store<storage::directory_changed>(
            [&](auto done) { services().store->change_directory(std::move(wanted), std::move(done)); });
        if (!changed) {
            refuse(out, changed.error());
            co_return;
        }
        out.body = to_json(*changed);
    }

  private:
    // A large file takes a while to read: not on the io thread.
    task<result<std::vector<directory_row>>> parse_rows(std::string_view text) {
        if (services().readers == nullptr) co_return parse_directory_csv(text);
        auto rows = co_await services().readers->read<std::vector<directory_row>>(
            [text](storage::reader&) { return parse_directory_csv(text); });
        co_return rows;
    }
};

}  // namespace

std::vector<route> operator_routes(operator_services services) {
    using storage::delivery_verb;
    const auto shared = std::make_shared<const operator_services>(std::move(services));
    std::vector<route> routes;
    const auto add = [&](std::string path, std::string method, std::size_t body_limit,
                         std::shared_ptr<handler> target) {
        route one;
        one.path = std::move(path);
        one.methods = {std::move(method)};
        one.body_limit = body_limit;
        one.target = std::move(target);
        routes.push_back(std::move(one));
    };
    add("/operator/status", "GET", 0, std::make_shared<status_handler>(shared));
    for (const auto verb : {delivery_verb::retry, delivery_verb::hold, delivery_verb::release, delivery_verb::discard})
        add(fmt::format("/operator/outbox/{}", to_string(verb)), "POST", limits::operator_body_bytes,
            std::make_shared<outbox_handler>(shared, verb));
    add("/operator/action/decide", "POST", limits::operator_body_bytes, std::make_shared<decide_handler>(shared));
    add("/operator/directory/import", "POST", limits::directory_body_bytes, std::make_shared<import_handler>(shared));
    return routes;
}

}  // namespace lockhub::hub
