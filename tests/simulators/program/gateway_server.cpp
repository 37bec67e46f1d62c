#include "tests/simulators/program/gateway_server.hpp"

#include <fmt/format.h>

#include "schemas/wire/json_value.hpp"
#include "tests/simulators/push_body.hpp"

namespace lockhub::simulators {

namespace {

wire::http_response problem(int status, std::string_view message) {
    return json_response(fmt::format(R"({{"error":{}}})", quoted(message)), status);
}

}  // namespace

const char* gateway_server::control_help() {
    return "  GET  /sim/state                     rooms, PINs, faces, cards, overwritten PINs, doors, calls made\n"
           "  GET  /sim/knobs, POST /sim/knobs    {\"drop\":\"0.1\",\"lose_reply\":\"1x2\"}\n"
           "  POST /sim/room                      {\"rm_id\":…,\"rm_name\":…}: one room more\n"
           "  POST /sim/online                    {\"rm_id\":…,\"online\":false}\n"
           "  POST /sim/battery                   {\"rm_id\":…,\"percent\":9}\n"
           "  POST /sim/card                      {\"put\":\"03F56240\"} (\"\": a new one) or {\"take\":true}: answers "
           "the card on the reader\n"
           "  POST /sim/door                      {\"rm_id\":…} with \"card\", \"pin\", \"face\" or \"finger\": "
           "answers "
           "whether it opens, and why\n";
}

gateway_server::gateway_server(parts with, gateway_registration registration, std::uint16_t port)
    : with_(with),
      box_(std::move(registration)),
      server_(with.io, with.group, port, [this](wire::http_request request) { return handle(std::move(request)); }) {}

task<std::optional<wire::http_response>> gateway_server::handle(wire::http_request request) {
    if (request.url.starts_with("/sim/")) co_return control(request);
    answer out = box_.handle(request, with_.time.now(), with_.random);
    if (told_) told_(request, out);
    if (out.delay > duration{}) {
        co_await with_.waits.until(with_.time.now() + out.delay);
    }
    co_return std::move(out.response);
}

wire::http_response gateway_server::control(const wire::http_request& request) {
    const bool reading = request.method == "GET";
    if (reading && request.url == "/sim/state") return json_response(box_.state_json());
    if (reading && request.url == "/sim/knobs") return json_response(box_.board().to_json());
    if (request.method != "POST") return problem(405, "POST changes, GET reads");
    return change(std::string_view(request.url).substr(std::string_view("/sim/").size()), request.body);
}

wire::http_response gateway_server::change(std::string_view what, const std::string& body) {
    if (what == "knobs") {
        const auto done = box_.board().set_from_json(body);
        return done ? json_response(box_.board().to_json()) : problem(400, done.error().message);
    }
    const auto in = wire::json_value::parse(body);
    if (!in || !in->is_object()) return problem(400, "the body must be a JSON object");
    return what == "card" ? change_card(*in) : change_room(what, *in);
}

wire::http_response gateway_server::change_card(const wire::json_value& in) {
    if (in.find("put")) {
        box_.put_card(in.text_of("put"));
    } else if (in.text_of("take") == "true") {
        box_.take_card();
    } else {
        return problem(400, "either put or take");
    }
    const room_card* card = box_.card_on_reader();
    return json_response(json_object({{"card", card ? std::string_view(card->card_id) : std::string_view()}}));
}

door_answer gateway_server::try_door(const std::string& rm_id, const wire::json_value& in) {
    const time_point now = with_.time.now();
    if (in.find("pin")) return box_.open_by_pin(rm_id, in.text_of("pin"), now);
    if (in.find("face")) return box_.open_by_face(rm_id, in.text_of("face"), now);
    if (in.find("finger")) return box_.open_by_finger(rm_id, in.text_of("finger"), now);
    return box_.open_by_card(rm_id, in.text_of("card"), now);
}

wire::http_response gateway_server::change_room(std::string_view what, const wire::json_value& in) {
    const std::string rm_id = in.text_of("rm_id");
    if (what == "room") {
        box_.add_room(rm_id, in.text_of("rm_name"));
        return json_response("{}");
    }
    gateway_room* room = box_.find_room(rm_id);
    if (!room) return problem(404, fmt::format("there is no room '{}'", rm_id));
    if (what == "online") {
        room->online = in.text_of("online") == "true";
    } else if (what == "battery") {
        room->battery_percent = static_cast<int>(in.integer_of("percent").value_or(9));
    } else if (what == "door") {
        const auto said = try_door(rm_id, in);
        return json_response(fmt::format(R"({{"opens":{},"why":{}}})", said.opens, quoted(said.why)));
    } else {
        return problem(404, fmt::format("there is no /sim/{}", what));
    }
    return json_response("{}");
}

}  // namespace lockhub::simulators
