#include "hub/routes/operator_routes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "dispatch/net/await_store.hpp"
#include "hub/routes/directory_requests.hpp"
#include "hub/routes/directory_routes.hpp"
#include "hub/routes/drift_routes.hpp"
#include "hub/routes/operator_handler.hpp"
#include "hub/routes/provision_route.hpp"
#include "hub/routes/vendor_route.hpp"
#include "schemas/domain/directory.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

using dispatch::await_store;

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
        out.body = hub::to_json(*changed);
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
    if (shared->vendors != nullptr)
        add("/operator/vendor/call", "POST", limits::face_body_bytes,
            std::make_shared<vendor_route>(shared, *shared->vendors));
    if (shared->provisions != nullptr)
        add("/operator/provision", "POST", limits::operator_body_bytes, std::make_shared<provision_route>(shared));
    std::ranges::move(directory_routes(shared), std::back_inserter(routes));
    std::ranges::move(drift_routes(shared), std::back_inserter(routes));
    return routes;
}

}  // namespace lockhub::hub
