#include "hub/routes/drift_routes.hpp"

#include <array>

#include "dispatch/net/await_store.hpp"
#include "hub/routes/body_members.hpp"
#include "hub/routes/operator_handler.hpp"
#include "schemas/wire/json_writer.hpp"
#include "schemas/wire/number.hpp"

namespace lockhub::hub {

namespace {

std::string to_json(const dispatch::reconciled& done) {
    wire::json_writer json;
    json.begin_object().member("locks", done.locks).member("compared", done.compared);
    json.member("postponed", done.postponed).member("found", done.found).member("settled", done.settled);
    json.member("repairs", done.repairs).key("failures").begin_array();
    for (const auto& one : done.failures) json.value(one);
    return json.end_array().end_object().take();
}

class check_handler final : public operator_handler {
  public:
    using operator_handler::operator_handler;

  protected:
    task<void> answer(const request& in, response& out) override {
        constexpr std::array<std::string_view, 3> known{"pms", "hotel", "room"};
        body_members body(in.body, known);
        const pms_id pms(body.text("pms", true));
        const hotel_no hotel(body.text("hotel", true));
        const room_id room(body.text("room"));
        if (!body.sound()) {
            refuse(out, body.sound().error());
            co_return;
        }
        const auto done = co_await services().reconciliation->check(pms, hotel, room);
        if (!done) {
            refuse(out, done.error());
            co_return;
        }
        out.body = to_json(*done);
    }
};

class change_handler final : public operator_handler {
  public:
    change_handler(std::shared_ptr<const operator_services> services, storage::drift_verb verb)
        : operator_handler(std::move(services)), verb_(verb) {}

  protected:
    task<void> answer(const request& in, response& out) override {
        constexpr std::array<std::string_view, 3> known{"id", "actor", "reason"};
        body_members body(in.body, known);
        storage::drift_change change;
        const auto id = wire::whole_number(body.text("id", true));
        if (!id) body.wrong("'id' must be the number of a difference");
        change.id = id.value_or(0);
        change.verb = verb_;
        change.actor = body.text("actor");
        change.reason = body.text("reason");
        if (!body.sound()) {
            refuse(out, body.sound().error());
            co_return;
        }
        const auto changed = co_await dispatch::await_store<storage::nothing>(
            [&](auto done) { services().store->change_difference(std::move(change), std::move(done)); });
        if (!changed) {
            refuse(out, changed.error());
            co_return;
        }
        out.body = "{}";
    }

  private:
    storage::drift_verb verb_;
};

}  // namespace

std::vector<route> drift_routes(const std::shared_ptr<const operator_services>& services) {
    std::vector<route> routes;
    const auto add = [&](const char* path, std::shared_ptr<handler> target) {
        routes.push_back(operator_route(path, std::move(target)));
    };
    add("/operator/drift/resume", std::make_shared<change_handler>(services, storage::drift_verb::resume));
    add("/operator/drift/accept", std::make_shared<change_handler>(services, storage::drift_verb::accept));
    if (services->reconciliation != nullptr) add("/operator/drift/check", std::make_shared<check_handler>(services));
    return routes;
}

}  // namespace lockhub::hub
