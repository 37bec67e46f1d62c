#include "tests/simulators/program/cloud_server.hpp"

#include <fmt/format.h>

#include <charconv>

#include "schemas/wire/json_value.hpp"
#include "tests/simulators/push_body.hpp"

namespace lockhub::simulators {

namespace {

wire::http_response problem(int status, std::string_view message) {
    return json_response(fmt::format(R"({{"error":{}}})", quoted(message)), status);
}

wire::http_response fine() {
    return json_response("{}");
}

std::size_t from_in(std::string_view query) {
    const std::string text = field(decode_form(query), "from");
    std::size_t from = 0;
    std::from_chars(text.data(), text.data() + text.size(), from);
    return from;
}

}  // namespace

const char* cloud_server::control_help() {
    return "  GET  /sim/state                     locks, passwords, calls made\n"
           "  GET  /sim/pushes?from=N             what was pushed and what the hub answered\n"
           "  GET  /sim/knobs, POST /sim/knobs    {\"drop\":\"0.1\",\"lose_reply\":\"1x2\"}\n"
           "  POST /sim/hub                       {\"origin\":\"http://127.0.0.1:8080\"}: where pushes go\n"
           "  POST /sim/lock                      {\"uuid\":…,\"home_id\":…,\"room_id\":…,\"nickname\":…}: one lock "
           "more\n"
           "  POST /sim/online                    {\"uuid\":…,\"online\":false}\n"
           "  POST /sim/battery                   {\"uuid\":…,\"percent\":9}\n"
           "  POST /sim/signal                    {\"uuid\":…,\"lqi\":30}: of 255\n"
           "  POST /sim/open                      {\"uuid\":…,\"id\":1001}: the door is opened by that password\n"
           "  POST /sim/door                      {\"uuid\":…,\"pin\":…}: answers whether it opens, and why; pushes "
           "lockerOpenAlarm, or wrongPwdAlarm at the third wrong one\n"
           "  POST /sim/delete_pin                {\"uuid\":…,\"id\":1001,\"tell\":false}: at the door; tell: with its "
           "push\n"
           "  POST /sim/add_pin                   {\"uuid\":…,\"digits\":…,\"name\":…,\"tell\":false}: at the door\n"
           "  POST /sim/event                     {\"event\":…,\"uuid\":…,\"detail\":\"{…}\"}: any event, detail as "
           "JSON text\n"
           "  POST /sim/order                     {\"home_id\":…,\"name\":…,\"phone\":…}: the installer confirms it\n"
           "  POST /sim/expire_tokens\n";
}

cloud_server::cloud_server(parts with, dingding_registration registration, std::uint16_t port)
    : with_(with),
      cloud_(std::move(registration)),
      pushes_(with.out, with.time, with.waits, with.group),
      server_(with.io, with.group, port, [this](wire::http_request request) { return handle(std::move(request)); }) {
    pushes_.set_repush(cloud_.knobs.repush);
}

task<std::optional<wire::http_response>> cloud_server::handle(wire::http_request request) {
    const std::string url = request.url;
    const auto question = url.find('?');
    const std::string path = url.substr(0, question);
    if (path.starts_with("/sim/")) {
        co_return control(request, path, question == std::string::npos ? "" : url.substr(question + 1));
    }
    answer out = cloud_.handle(request, with_.time.now(), with_.random);
    if (told_) told_(request, out);
    if (out.after_pushes) {
        co_await pushes_.send_all(std::move(out.pushes));
    } else {
        pushes_.schedule(std::move(out.pushes));
    }
    if (out.delay > duration{}) {
        co_await with_.waits.until(with_.time.now() + out.delay);
    }
    co_return std::move(out.response);
}

wire::http_response cloud_server::control(const wire::http_request& request, std::string_view path,
                                          std::string_view query) {
    const bool reading = request.method == "GET";
    if (reading && path == "/sim/state") return json_response(cloud_.state_json(with_.time.now()));
    if (reading && path == "/sim/pushes") return json_response(pushes_.to_json(from_in(query)));
    if (reading && path == "/sim/knobs") return json_response(cloud_.board().to_json());
    if (request.method != "POST") return problem(405, "POST changes, GET reads");
    return change(path.substr(5), request.body);
}

wire::http_response cloud_server::change(std::string_view what, const std::string& body) {
    if (what == "knobs") {
        const auto done = cloud_.board().set_from_json(body);
        return done ? json_response(cloud_.board().to_json()) : problem(400, done.error().message);
    }
    const time_point now = with_.time.now();
    if (what == "expire_tokens") {
        cloud_.expire_tokens(now);
        return fine();
    }
    const auto in = wire::json_value::parse(body);
    if (!in || !in->is_object()) return problem(400, "the body must be a JSON object");
    const std::string uuid = in->text_of("uuid");
    if (what == "hub") {
        pushes_.set_hub_origin(in->text_of("origin"));
        return fine();
    }
    if (what == "lock") {
        cloud_.add_lock(uuid, in->text_of("home_id"), in->text_of("room_id"), in->text_of("nickname"));
        return fine();
    }
    if (what == "order") {
        return cloud_.confirm_order(*in, now) ? fine() : problem(404, "there is no order of that home");
    }
    if (what == "event") {
        pushes_.schedule(cloud_.raise_event(in->text_of("event"), uuid, in->text_of("detail"), now, with_.random));
        return fine();
    }
    dingding_lock* lock = cloud_.find_lock(uuid);
    if (!lock) return problem(404, fmt::format("there is no lock '{}'", uuid));
    if (what == "online") {
        pushes_.schedule(cloud_.set_online(uuid, in->text_of("online") == "true", now, with_.random));
    } else if (what == "battery") {
        const int percent = static_cast<int>(in->integer_of("percent").value_or(9));
        pushes_.schedule(cloud_.battery_alarm(uuid, percent, now, with_.random));
    } else if (what == "signal") {
        lock->link_quality = static_cast<int>(in->integer_of("lqi").value_or(0));
    } else if (what == "door") {
        std::vector<scheduled_push> pushes;
        const auto said = cloud_.try_digits(uuid, in->text_of("pin"), now, with_.random, pushes);
        pushes_.schedule(std::move(pushes));
        return json_response(fmt::format(R"({{"opens":{},"why":{}}})", said.opens, quoted(said.why)));
    } else if (what == "open") {
        pushes_.schedule(cloud_.open_by_pin(uuid, in->integer_of("id").value_or(1001), now, with_.random));
    } else if (what == "delete_pin") {
        const bool tell = in->text_of("tell") != "false";
        const auto id = in->integer_of("id").value_or(0);
        pushes_.schedule(cloud_.delete_at_door(uuid, id, tell, now, with_.random));
    } else if (what == "add_pin") {
        const bool tell = in->text_of("tell") != "false";
        pushes_.schedule(cloud_.add_at_door(uuid, in->text_of("digits"), in->text_of("name"), tell, now, with_.random));
    } else {
        return problem(404, fmt::format("there is no /sim/{}", what));
    }
    return fine();
}

}  // namespace lockhub::simulators
