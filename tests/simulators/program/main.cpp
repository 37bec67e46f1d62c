// lockhub-sim: simulated 丁盯 and 云柚 clouds, a simulated gateway and a simulated PMS over real HTTP, for trying
// lockhub out and for its tests.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "hub/system/system_entropy.hpp"
#include "tests/simulators/program/demo.hpp"
#include "tests/simulators/program/narrator.hpp"
#include "tests/simulators/program/simulation.hpp"

namespace {

using namespace lockhub;
using namespace lockhub::simulators;

struct options {
    std::uint16_t cloud_port = 9101;
    std::uint16_t gateway_port = 19952;
    std::uint16_t yeeuu_port = 9103;
    std::uint16_t pms_port = 9201;
    std::string hub_origin = "http://127.0.0.1:8080";
    dingding_registration registration;
    gateway_registration gateway;
    yeeuu_registration yeeuu;
    pms_registration pms;
    std::size_t pms_hotels = 1;
    std::size_t pms_rooms = 3;
    std::vector<std::string> locks;
    std::vector<std::string> rooms;
    std::string card;
    std::vector<std::string> doors;
    std::vector<std::string> cloud_knobs;
    std::vector<std::string> gateway_knobs;
    std::vector<std::string> yeeuu_knobs;
    std::vector<std::string> pms_knobs;
    std::uint64_t seed = 0;
    bool quiet = false;
    demo_options demo;
};

std::filesystem::path beside_this_program(const char* name) {
    std::error_code ec;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", ec);
    return ec ? std::filesystem::path(name) : self.parent_path() / name;
}

void turn(knob_board& board, const std::vector<std::string>& assignments) {
    for (const std::string& assignment : assignments) {
        if (auto done = board.set_assignment(assignment); !done)
            throw CLI::ValidationError("--knob", done.error().message);
    }
}

void add_locks(dingding_cloud& cloud, const std::vector<std::string>& locks) {
    for (const std::string& uuid : locks)
        cloud.add_lock(uuid, "sim-home", "sim-room-" + uuid.substr(0, 6), uuid.substr(0, 6));
}

void add_rooms(gateway_box& box, const std::vector<std::string>& rooms) {
    for (const std::string& room : rooms) {
        const auto equals = room.find('=');
        box.add_room(room.substr(0, equals), equals == std::string::npos ? room : room.substr(equals + 1));
    }
}

void add_doors(yeeuu_cloud& cloud, const std::vector<std::string>& doors) {
    for (const std::string& door : doors) {
        const auto equals = door.find('=');
        cloud.add_door(door.substr(0, equals), equals == std::string::npos ? "B01" : door.substr(equals + 1));
    }
}

void play_dingding(simulation& sim, const options& in) {
    cloud_server& server = sim.add_cloud(in.registration, in.cloud_port);
    turn(server.cloud().board(), in.cloud_knobs);
    add_locks(server.cloud(), in.locks);
    server.pushes().set_hub_origin(in.hub_origin);
    if (!in.quiet) narrate(server);
    say("丁盯", fmt::format("listening on http://127.0.0.1:{}/openapi/v1", server.port()));
}

void play_pms(simulation& sim, const options& in) {
    pms_server& server = sim.add_pms(in.pms, in.pms_port);
    turn(server.pms().board(), in.pms_knobs);
    server.pms().directory.generate(in.pms_hotels, in.pms_rooms);
    if (!in.quiet) narrate(server);
    say("PMS", fmt::format("listening on http://127.0.0.1:{}/", server.port()));
}

void play_gateway(simulation& sim, const options& in) {
    gateway_server& server = sim.add_gateway(in.gateway, in.gateway_port);
    turn(server.box().board(), in.gateway_knobs);
    add_rooms(server.box(), in.rooms);
    if (!in.card.empty()) server.box().put_card(in.card);
    if (!in.quiet) narrate(server);
    say("网关", fmt::format("listening on http://127.0.0.1:{}", server.port()));
}

void play_yeeuu(simulation& sim, const options& in) {
    yeeuu_server& server = sim.add_yeeuu(in.yeeuu, in.yeeuu_port);
    turn(server.cloud().board(), in.yeeuu_knobs);
    add_doors(server.cloud(), in.doors);
    if (!in.quiet) narrate(server);
    say("云柚", fmt::format("listening on http://127.0.0.1:{}", server.port()));
}

std::string footer() {
    return "Knobs of the 丁盯 cloud (a fault is a chance, \"0.1\", or a chance and how often, \"1x3\"):\n" +
           dingding_cloud({}).board().help() + "Knobs of the gateway:\n" + gateway_box({}).board().help() +
           "Knobs of the 云柚 cloud:\n" + yeeuu_cloud({}).board().help() + "Knobs of the PMS:\n" +
           pms_system({}).board().help() + "Control calls of the 丁盯 cloud's port:\n" + cloud_server::control_help() +
           "Control calls of the gateway's port:\n" + gateway_server::control_help() +
           "Control calls of the 云柚 cloud's port:\n" + yeeuu_server::control_help() +
           "Control calls of the PMS's port:\n" + pms_server::control_help();
}

void add_cloud_options(CLI::App& to, options& in, const char* knob_name) {
    to.add_option("--hub", in.hub_origin, "where pushes are sent; \"\" sends to the registered URLs")
        ->capture_default_str();
    to.add_option("--hub-events", in.registration.event_url, "event URL as registered; sign is computed over it")
        ->capture_default_str();
    to.add_option("--hub-results", in.registration.result_url, "result URL as registered")->capture_default_str();
    to.add_option("--client-id", in.registration.client_id)->capture_default_str();
    to.add_option("--client-secret", in.registration.client_secret)->capture_default_str();
    to.add_option("--lock", in.locks, "uuid of a lock; may be repeated");
    to.add_option(knob_name, in.cloud_knobs, "NAME=VALUE; may be repeated");
}

void add_gateway_options(CLI::App& to, options& in, const char* knob_name) {
    to.add_option("--appid", in.gateway.appid)->capture_default_str();
    to.add_option("--appsecret", in.gateway.appsecret)->capture_default_str();
    to.add_option("--room", in.rooms, "RM_ID=NAME of a room; may be repeated");
    to.add_option("--card", in.card, "id of a card that lies on the reader from the start");
    to.add_option(knob_name, in.gateway_knobs, "NAME=VALUE; may be repeated");
}

void add_yeeuu_options(CLI::App& to, options& in, const char* knob_name) {
    to.add_option("--partner-id", in.yeeuu.partner_id)->capture_default_str();
    to.add_option("--partner-secret", in.yeeuu.secret)->capture_default_str();
    to.add_option("--door", in.doors, "CODE=BUILDING or CODE/DOOR=BUILDING; may be repeated");
    to.add_option(knob_name, in.yeeuu_knobs, "NAME=VALUE; may be repeated");
}

void add_pms_options(CLI::App& to, options& in, const char* knob_name) {
    to.add_option("--pms-id", in.pms.id)->capture_default_str();
    to.add_option("--pms-key", in.pms.key, "sign key of hmac")->capture_default_str();
    to.add_option("--pms-hotels", in.pms_hotels, "hotels it tells: H10086, …")->capture_default_str();
    to.add_option("--pms-rooms", in.pms_rooms, "rooms of each: rm300, …")->capture_default_str();
    to.add_option(knob_name, in.pms_knobs, "NAME=VALUE; may be repeated");
}

struct subcommands {
    CLI::App *dingding, *gateway, *yeeuu, *pms, *all, *demo;
};

subcommands add_subcommands(CLI::App& app, options& in) {
    CLI::App* dingding = app.add_subcommand("dingding", "a 丁盯 cloud");
    dingding->add_option("--port", in.cloud_port, "0: any free one")->capture_default_str();
    add_cloud_options(*dingding, in, "--knob");
    CLI::App* gateway = app.add_subcommand("gateway", "a gateway of document 002, with a card reader");
    gateway->add_option("--port", in.gateway_port, "0: any free one")->capture_default_str();
    add_gateway_options(*gateway, in, "--knob");
    CLI::App* yeeuu = app.add_subcommand("yeeuu", "a 云柚 cloud");
    yeeuu->add_option("--port", in.yeeuu_port, "0: any free one")->capture_default_str();
    add_yeeuu_options(*yeeuu, in, "--knob");
    CLI::App* pms = app.add_subcommand("pms", "a PMS that takes callbacks");
    pms->add_option("--port", in.pms_port, "0: any free one")->capture_default_str();
    add_pms_options(*pms, in, "--knob");
    CLI::App* all = app.add_subcommand("all", "all of them in one process");
    all->add_option("--dingding-port", in.cloud_port, "0: any free one")->capture_default_str();
    all->add_option("--gateway-port", in.gateway_port, "0: any free one")->capture_default_str();
    all->add_option("--yeeuu-port", in.yeeuu_port, "0: any free one")->capture_default_str();
    all->add_option("--pms-port", in.pms_port, "0: any free one")->capture_default_str();
    add_cloud_options(*all, in, "--dingding-knob");
    add_gateway_options(*all, in, "--gateway-knob");
    add_yeeuu_options(*all, in, "--yeeuu-knob");
    add_pms_options(*all, in, "--pms-knob");
    CLI::App* demo = app.add_subcommand("demo", "lockhub itself with both around it, and traffic at once");
    demo->add_option("--hub", in.demo.hub, "the lockhub program")->capture_default_str();
    demo->add_option("--dir", in.demo.directory, "configuration and database go here")->capture_default_str();
    demo->add_flag("--once", in.demo.once, "end after the first round of traffic");
    return {dingding, gateway, yeeuu, pms, all, demo};
}

int run_servers(const subcommands& chosen, const options& in) {
    std::uint64_t seed = in.seed;
    if (seed == 0) hub::system_entropy().fill(std::as_writable_bytes(std::span(&seed, 1)));
    simulation sim(seed);
    const auto plays = [&](const CLI::App* one) { return chosen.all->parsed() || one->parsed(); };
    try {
        if (plays(chosen.dingding)) play_dingding(sim, in);
        if (plays(chosen.pms)) play_pms(sim, in);
        if (plays(chosen.gateway)) play_gateway(sim, in);
        if (plays(chosen.yeeuu)) play_yeeuu(sim, in);
    } catch (...) {
        // The servers that stand already wait for calls.
        sim.end();
        sim.run();
        throw;
    }
    sim.run();
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    options in;
    in.demo.hub = beside_this_program("lockhub");
    in.demo.directory = "var";
    CLI::App app("Simulated lock clouds and PMS for lockhub");
    app.require_subcommand(1);
    app.footer(footer());
    app.add_option("--seed", in.seed, "of everything random; 0 takes a fresh one");
    app.add_flag("--quiet", in.quiet, "no line for each call, push and callback");

    const subcommands chosen = add_subcommands(app, in);
    try {
        app.parse(count, arguments);
        if (chosen.demo->parsed()) return run_demo(in.demo);
        return run_servers(chosen, in);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 2;
    } catch (const std::exception& e) {
        fmt::print(stderr, "lockhub-sim: {}\n", e.what());
        return 1;
    }
}
