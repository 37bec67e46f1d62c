#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "tests/bench/figures.hpp"
#include "tests/bench/hub_under_test.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/push_bodies.hpp"
#include "tests/simulators/pms_system.hpp"

namespace lockhub::bench {

namespace {

// No PMS sends more calls in one run than it may in one second: no call meets the rate rule, however fast the hub is.
constexpr std::size_t calls_of_one_system = 25;
constexpr std::size_t rooms_called = 100;

struct call_plan {
    std::size_t rooms = 0;  // of the directory
    std::size_t systems =
        0;  // PMS systems, and as many rooms that are called: the same work in a directory of any size
};

// Calls about one room each. enableGuestPwd gives a PIN: an action and its command are stored, a callback is promised.
class call_bodies {
  public:
    call_bodies(call_plan plan, std::string method) : plan_(plan), method_(std::move(method)) {}

    std::string target(std::uint64_t number) const {
        return fmt::format("/lockapi/{}/lock/{}.do", pms_of(room_of(number)), method_);
    }

    void append(std::uint64_t number, std::string& out) const {
        const auto room = room_of(number);
        simulators::text_fields fields{{"hotelNo", hotel_no(room)},
                                       {method_ == "enableGuestPwd" ? "roomId" : "roomIds", room_id(room)},
                                       {"operatorGuid", fmt::format("op-{}-{}", method_, number)},
                                       {"operatorName", "前台"}};
        if (method_ == "enableGuestPwd") fields.emplace_back("pwd", fmt::format("{:06}", number % 1'000'000));
        out += simulators::signed_lockapi_form(std::move(fields), {pms_of(room), "made-up-key"});
    }

  private:
    std::size_t room_of(std::uint64_t number) const {
        const auto system = number % plan_.systems;
        return system % (plan_.rooms / plan_.systems) * plan_.systems + system;
    }
    std::string pms_of(std::size_t room) const { return pms_name(room % plan_.systems); }

    call_plan plan_;
    std::string method_;
};

struct lockapi_run {
    load_result load;
    double processor_us = 0;  // a call
    double accepted = 0;
};

lockapi_run run_calls(const served_program& hub, const call_plan& plan, const std::string& method,
                      std::size_t connections) {
    const call_bodies calls(plan, method);
    lockapi_run out;
    const auto before = read_counters(hub.port());
    const auto busy_before = hub.processor_time();
    out.load = run_load({.port = hub.port(),
                         .target_of = [&](std::uint64_t number) { return calls.target(number); },
                         .content_type = "application/x-www-form-urlencoded",
                         .connections = connections,
                         .requests = plan.systems * calls_of_one_system},
                        [&](std::uint64_t number, std::string& body) { calls.append(number, body); });
    const std::chrono::duration<double, std::micro> busy = hub.processor_time() - busy_before;
    out.processor_us = busy.count() / static_cast<double>(std::max<std::uint64_t>(out.load.answered, 1));
    out.accepted = read_counters(hub.port()).lockapi_ok - before.lockapi_ok;
    return out;
}

// Every lock tells its battery, so that its state is known; then the rate rule's second passes. An odd number of locks,
// because openings and batteries come in turn.
void hear_of_every_lock(served_program& hub, std::size_t rooms) {
    const auto locks = rooms | 1U;
    const push_bodies bodies(locks);
    run_load({.port = hub.port(),
              .target = std::string(push_bodies::event_path),
              .connections = 64,
              .requests = 2 * locks,
              .longest = std::chrono::minutes(1)},
             [&](std::uint64_t number, std::string& body) { bodies.append(number, body); });
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(1200);
    while (std::chrono::steady_clock::now() < until) hub.let_run(std::chrono::milliseconds(100));
}

std::string describe_run(const lockapi_run& run) {
    return fmt::format("{}; {:.0f} with code 0, {:.1f} µs of processor time a call", describe(run.load), run.accepted,
                       run.processor_us);
}

}  // namespace

void measure_lockapi(const bench_settings& settings, figures_so_far& figures) {
    print_heading('g', "lockapi: enableGuestPwd with its action durable, 1,000 PMS systems, no lock cloud in reach");
    const auto systems = static_cast<std::size_t>(settings.scaled(1000));
    {
        const call_plan plan{.rooms = systems, .systems = systems};
        const hub_under_test files(settings.programs, settings.folder / "calls",
                                   {.rooms = plan.rooms, .shared_out = true, .pms_systems = systems});
        const served_program hub(files.serve_command());
        const auto run = run_calls(hub, plan, "enableGuestPwd", 256);
        print_line("256 connections", describe_run(run));
        print_line("", share_of(run.load.per_second(), find_figure(figures.ingest_per_second, 256), 'b'));
    }
    print_heading('g', "the same 100 rooms called in a small and in a large directory");
    for (const auto* method : {"enableGuestPwd", "queryStateBatch", "queryRoomLockInfo"}) {
        double small_us = 0;
        for (const std::uint64_t rooms : {std::uint64_t{rooms_called}, settings.scaled(100'000)}) {
            const call_plan plan{.rooms = static_cast<std::size_t>(rooms), .systems = rooms_called};
            const hub_under_test files(settings.programs, settings.folder / fmt::format("{}-{}", method, rooms),
                                       {.rooms = plan.rooms, .shared_out = true, .pms_systems = rooms_called});
            served_program hub(files.serve_command());
            hear_of_every_lock(hub, plan.rooms);
            const auto run = run_calls(hub, plan, method, 8);
            print_line(fmt::format("{}, {} rooms", method, rooms), describe_run(run));
            if (small_us == 0) {
                small_us = run.processor_us;
            } else {
                print_line("", fmt::format("{:.2f} times the small directory's", run.processor_us / small_us));
            }
        }
    }
}

}  // namespace lockhub::bench
