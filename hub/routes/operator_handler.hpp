#pragma once
// What every operator call passes first, and how it is refused.
#include <memory>
#include <string_view>

#include "hub/http/handler.hpp"
#include "hub/http/router.hpp"
#include "hub/routes/operator_routes.hpp"
#include "schemas/core/result.hpp"

namespace lockhub::hub {

// {"error":"sentence","code":"invalid_input"}
void refuse(response& out, int status, std::string_view code, std::string_view message);
void refuse(response& out, const error& why);

// Serves this machine only, and only who bears the token.
class operator_handler : public handler {
  public:
    explicit operator_handler(std::shared_ptr<const operator_services> services) : services_(std::move(services)) {}

    task<void> handle(const request& in, response& out) final;

  protected:
    virtual task<void> answer(const request& in, response& out) = 0;
    const operator_services& services() const { return *services_; }

  private:
    std::shared_ptr<const operator_services> services_;
};

// A POST of limits::operator_body_bytes at most.
route operator_route(std::string_view path, std::shared_ptr<handler> target);

}  // namespace lockhub::hub
