#include "tests/simulators/program/yeeuu_server.hpp"

#include <fmt/format.h>

#include "schemas/wire/json_value.hpp"
#include "tests/simulators/push_body.hpp"

namespace lockhub::simulators {

namespace {

wire::http_response problem(int status, std::string_view message) {
    return json_response(fmt::format(R"({{"error":{}}})", quoted(message)), status);
}

}  // namespace

const char* yeeuu_server::control_help() {
    return "  GET  /sim/state                     doors, PINs, grants, openings, apartments, calls made\n"
           "  GET  /sim/knobs, POST /sim/knobs    {\"drop\":\"0.1\",\"lose_reply\":\"1x2\"}\n"
           "  POST /sim/add                       {\"lock\":\"x0001/甲\",\"building_id\":…}: one door more\n"
           "  POST /sim/online                    {\"lock\":…,\"online\":false}\n"
           "  POST /sim/door                      {\"lock\":…,\"pin\":…} or {\"lock\":…,\"mobile\":…,\"type\":1}: "
           "answers "
           "whether it opens, and why; type 1 WeChat, else the app\n";
}

yeeuu_server::yeeuu_server(parts with, yeeuu_registration registration, std::uint16_t port)
    : with_(with),
      cloud_(std::move(registration)),
      server_(with.io, with.group, port, [this](wire::http_request request) { return handle(std::move(request)); }) {}

task<std::optional<wire::http_response>> yeeuu_server::handle(wire::http_request request) {
    if (request.url.starts_with("/sim/")) co_return control(request);
    answer out = cloud_.handle(request, with_.time.now(), with_.random);
    if (told_) told_(request, out);
    if (out.delay > duration{}) {
        co_await with_.waits.until(with_.time.now() + out.delay);
    }
    co_return std::move(out.response);
}

wire::http_response yeeuu_server::control(const wire::http_request& request) {
    const bool reading = request.method == "GET";
    if (reading && request.url == "/sim/state") return json_response(cloud_.state_json());
    if (reading && request.url == "/sim/knobs") return json_response(cloud_.board().to_json());
    if (request.method != "POST") return problem(405, "POST changes, GET reads");
    return change(std::string_view(request.url).substr(std::string_view("/sim/").size()), request.body);
}

wire::http_response yeeuu_server::change(std::string_view what, const std::string& body) {
    if (what == "knobs") {
        const auto done = cloud_.board().set_from_json(body);
        return done ? json_response(cloud_.board().to_json()) : problem(400, done.error().message);
    }
    const auto in = wire::json_value::parse(body);
    if (!in || !in->is_object()) return problem(400, "the body must be a JSON object");
    const std::string lock = in->text_of("lock");
    if (what == "add") {
        cloud_.add_door(lock, in->text_of("building_id"));
        return json_response("{}");
    }
    yeeuu_door* door = cloud_.find_door(lock);
    if (!door) return problem(404, fmt::format("there is no door '{}'", lock));
    if (what == "online") {
        door->online = in->text_of("online") == "true";
        return json_response("{}");
    }
    if (what == "door") {
        const auto by = in->integer_of("type") == 1 ? yeeuu_opened_by::wechat : yeeuu_opened_by::app;
        const auto said = in->find("mobile") ? door->open_by_phone(in->text_of("mobile"), by, with_.time.now())
                                             : door->open_by_pin(in->text_of("pin"), with_.time.now());
        return json_response(fmt::format(R"({{"opens":{},"why":{}}})", said.opens, quoted(said.why)));
    }
    return problem(404, fmt::format("there is no /sim/{}", what));
}

}  // namespace lockhub::simulators
