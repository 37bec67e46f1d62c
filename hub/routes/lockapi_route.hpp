#pragma once
// POST /lockapi/{pmsId}/lock/{method}.do (document 000): from bytes to a checked request, and back. Protocol errors
// stand in the body with HTTP 200; 404 only for what is no lockapi call at all, 503 when the hub cannot store.
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "hub/http/handler.hpp"
#include "hub/lockapi/call_rates.hpp"
#include "hub/lockapi/operations.hpp"
#include "schemas/core/secret.hpp"

namespace lockhub::hub {

struct lockapi_caller {
    bool enabled = true;
    secret key;
    bool allow_legacy_hmac = false;
};

struct lockapi_report {
    std::string_view pms;
    std::string_view method;
    std::string_view room;
    int code = 0;
};
using lockapi_observer = std::function<void(const lockapi_report&)>;

class lockapi_route final : public handler {
  public:
    struct parts {
        std::unordered_map<std::string, lockapi_caller> callers;  // by pmsId
        operations* work = nullptr;                               // must outlive the route
        call_rates* rates = nullptr;                              // must outlive the route
        const clock* time = nullptr;
        lockapi_observer observe;
    };
    explicit lockapi_route(parts parts);

    task<void> handle(const request& in, response& out) override;

  private:
    // The request, its key, or the answer that refuses it.
    struct checked {
        quhuhu::request request;
        std::array<std::byte, 16> key{};
    };
    std::variant<checked, operation_answer> check(quhuhu::method what, std::string_view path_pms,
                                                  const request& in) const;
    void answer(response& out, operation_answer result) const;

    parts parts_;
};

}  // namespace lockhub::hub
