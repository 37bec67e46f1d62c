#include "tests/simulators/program/pms_server.hpp"

#include <fmt/format.h>

#include "tests/simulators/push_body.hpp"

namespace lockhub::simulators {

const char* pms_server::control_help() {
    return "  GET  /sim/state                     callbacks seen, codes and times by action and event, rates\n"
           "  GET  /sim/knobs, POST /sim/knobs    {\"refuse\":\"1x3\",\"answer_delay_ms\":20}\n"
           "  GET  /sim/rooms, POST /sim/rooms    "
           "{\"hotels\":[{\"hotelNo\":…,\"roomTypeList\":[{…,\"roomList\":[…]}]}]}\n";
}

pms_server::pms_server(parts with, pms_registration registration, std::uint16_t port)
    : with_(with),
      pms_(std::move(registration)),
      server_(with.io, with.group, port, [this](wire::http_request request) { return handle(std::move(request)); }) {}

task<std::optional<wire::http_response>> pms_server::handle(wire::http_request request) {
    if (request.url == "/sim/state") co_return json_response(pms_.state_json());
    if (request.url == "/sim/knobs" && request.method == "GET") co_return json_response(pms_.board().to_json());
    if (request.url == "/sim/knobs") {
        const auto done = pms_.board().set_from_json(request.body);
        if (done) co_return json_response(pms_.board().to_json());
        co_return json_response(fmt::format(R"({{"error":{}}})", quoted(done.error().message)), 400);
    }
    if (request.url == "/sim/rooms" && request.method == "GET") co_return json_response(pms_.directory.to_json());
    if (request.url == "/sim/rooms") {
        const auto done = pms_.directory.set(request.body);
        if (done) co_return json_response(pms_.directory.to_json());
        co_return json_response(fmt::format(R"({{"error":{}}})", quoted(done.error().message)), 400);
    }
    const auto callbacks_before = pms_.seen().size();
    answer out = pms_.handle(request, with_.time.now(), with_.random);
    if (told_ && pms_.seen().size() > callbacks_before) told_(pms_.seen().back());
    if (out.delay > duration{}) {
        co_await with_.waits.until(with_.time.now() + out.delay);
    }
    co_return std::move(out.response);
}

}  // namespace lockhub::simulators
