#include "tests/simulators/answer.hpp"

namespace lockhub::simulators {

wire::http_response json_response(std::string body, int status) {
    wire::http_response response;
    response.status = status;
    response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
    response.body = std::move(body);
    return response;
}

}  // namespace lockhub::simulators
