#include "hub/routes/directory_routes.hpp"

#include <fmt/format.h>

#include "dispatch/net/await_store.hpp"
#include "hub/routes/directory_requests.hpp"
#include "hub/routes/operator_handler.hpp"

namespace lockhub::hub {

namespace {

constexpr int bad_gateway = 502;

int status_of_failure(const std::string& why) {
    if (why == "unknown_pms") return 404;
    if (why == "no_urls") return 400;
    if (why == "disabled" || why == "busy" || why == "too_often") return 409;
    return why == "store" || why == "interrupted" ? 503 : bad_gateway;
}

class sync_handler final : public operator_handler {
  public:
    using operator_handler::operator_handler;

  protected:
    task<void> answer(const request& in, response& out) override {
        const auto wanted = parse_sync(in.body);
        if (!wanted) {
            refuse(out, wanted.error());
            co_return;
        }
        const auto done = co_await services().directories->sync(wanted->pms, wanted->dry_run, wanted->actor);
        if (!done) {
            refuse(out, status_of_failure(done.error().why), done.error().why, done.error().message);
            co_return;
        }
        out.body = to_json(*done, wanted->dry_run);
    }
};

class bind_handler final : public operator_handler {
  public:
    bind_handler(std::shared_ptr<const operator_services> services, bool unbind)
        : operator_handler(std::move(services)), unbind_(unbind) {}

  protected:
    task<void> answer(const request& in, response& out) override {
        auto wanted = parse_binding(in.body, unbind_);
        if (!wanted) {
            refuse(out, wanted.error());
            co_return;
        }
        if (!unbind_ && services().serves_account && !services().serves_account(wanted->account)) {
            refuse(out, 400, "invalid_input",
                   fmt::format("no section of the configuration names the account '{}'", wanted->account.value));
            co_return;
        }
        const auto changed = co_await dispatch::await_store<storage::directory_changed>(
            [&](auto done) { services().store->bind_lock(*std::move(wanted), std::move(done)); });
        if (!changed) {
            refuse(out, changed.error());
            co_return;
        }
        out.body = to_json(*changed);
    }

  private:
    bool unbind_;
};

class suggest_handler final : public operator_handler {
  public:
    explicit suggest_handler(std::shared_ptr<const operator_services> services)
        : operator_handler(services), seams_{*services->store, *services->readers, services->ask} {}

  protected:
    task<void> answer(const request& in, response& out) override {
        const auto wanted = parse_suggestion(in.body);
        if (!wanted) {
            refuse(out, wanted.error());
            co_return;
        }
        const auto found = co_await suggest_locks(seams_, *wanted);
        if (!found) {
            const bool cloud = found.error().code == errc::conflict || found.error().code == errc::timeout;
            if (cloud)
                refuse(out, bad_gateway, to_string(found.error().code), found.error().message);
            else
                refuse(out, found.error());
            co_return;
        }
        out.body = to_json(*found, wanted->apply);
    }

  private:
    suggestion_seams seams_;
};

}  // namespace

std::vector<route> directory_routes(const std::shared_ptr<const operator_services>& services) {
    std::vector<route> routes;
    const auto add = [&](const char* path, std::shared_ptr<handler> target) {
        routes.push_back(operator_route(path, std::move(target)));
    };
    add("/operator/directory/bind", std::make_shared<bind_handler>(services, false));
    add("/operator/directory/unbind", std::make_shared<bind_handler>(services, true));
    if (services->directories != nullptr) add("/operator/directory/sync", std::make_shared<sync_handler>(services));
    if (services->readers != nullptr && services->ask)
        add("/operator/directory/suggest", std::make_shared<suggest_handler>(services));
    return routes;
}

}  // namespace lockhub::hub
