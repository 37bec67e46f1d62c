#pragma once
// GET /healthz: the process lives. GET /readyz: traffic may come, else 503 and why. GET /metrics: Prometheus.
#include <functional>
#include <vector>

#include "hub/http/router.hpp"
#include "hub/observe/metrics.hpp"
#include "hub/observe/service_report.hpp"

namespace lockhub::hub {

struct health_services {
    std::function<std::string()> not_ready;  // "" when ready
    std::function<service_report()> report;  // read into the metrics at each scrape: must be cheap
    metrics* counted = nullptr;              // outlives the routes
};

std::vector<route> health_routes(health_services services);

}  // namespace lockhub::hub
