#include "hub/routes/health_routes.hpp"

#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

class health_handler final : public handler {
  public:
    task<void> handle(const request&, response& out) override {
        out.body = R"({"status":"alive"})";
        co_return;
    }
};

class ready_handler final : public handler {
  public:
    explicit ready_handler(std::function<std::string()> not_ready) : not_ready_(std::move(not_ready)) {}

    task<void> handle(const request&, response& out) override {
        const auto why = not_ready_();
        if (why.empty()) {
            out.body = R"({"status":"ready"})";
            co_return;
        }
        wire::json_writer json;
        out.status = 503;
        out.retry_after_seconds = 1;
        out.body = json.begin_object().member("status", "not ready").member("reason", why).end_object().take();
    }

  private:
    std::function<std::string()> not_ready_;
};

class metrics_handler final : public handler {
  public:
    metrics_handler(metrics& counted, std::function<service_report()> report)
        : metrics_(counted), report_(std::move(report)) {}

    task<void> handle(const request&, response& out) override {
        if (report_) metrics_.set_report(report_());
        out.content_type = "text/plain; version=0.0.4; charset=utf-8";
        out.body = metrics_.text();
        co_return;
    }

  private:
    metrics& metrics_;
    std::function<service_report()> report_;
};

}  // namespace

std::vector<route> health_routes(health_services services) {
    const auto get = [](std::string path, std::shared_ptr<handler> target) {
        route one;
        one.path = std::move(path);
        one.methods = {"GET"};
        one.target = std::move(target);
        return one;
    };
    return {get("/healthz", std::make_shared<health_handler>()),
            get("/readyz", std::make_shared<ready_handler>(std::move(services.not_ready))),
            get("/metrics", std::make_shared<metrics_handler>(*services.counted, std::move(services.report)))};
}

}  // namespace lockhub::hub
