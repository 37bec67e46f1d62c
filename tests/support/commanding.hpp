#pragma once
// A command runner on virtual time, with a scripted cloud, before a real store.
#include <boost/test/unit_test.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/command_runner.hpp"
#include "tests/support/plain_cloud.hpp"
#include "tests/support/scripted_transport.hpp"
#include "tests/support/stored_world.hpp"

namespace lockhub::test {

using namespace std::chrono_literals;

using dispatch::command_account;
using dispatch::command_report;
using dispatch::command_runner;

// The cloud as a list of answers for each of its three URLs; the last one is given again and again.
class cloud_script {
  public:
    void answers(const std::string& path, std::vector<scripted_answer> list) { answers_[path] = std::move(list); }
    void says(const std::string& path, std::vector<std::string> texts) {
        std::vector<scripted_answer> list;
        for (auto& text : texts) list.push_back(respond(200, std::move(text)));
        answers(path, std::move(list));
    }

    scripted_answer operator()(const wire::http_request& request) {
        const std::string path = request.url.substr(request.url.rfind('/') + 1);
        ++calls[path];
        bodies[path].push_back(request.body);
        auto& list = answers_.at(path);
        auto answer = list.front();
        if (list.size() > 1) list.erase(list.begin());
        return answer;
    }

    std::map<std::string, int> calls;
    std::map<std::string, std::vector<std::string>> bodies;

  private:
    std::map<std::string, std::vector<scripted_answer>> answers_ = {{"token", {respond(200, "token T1 86400")}}};
};

// One run of the hub's commanding half on the world's store.
struct commanding {
    commanding(stored_world& w, std::string owner = "first", plain_cloud_options how = {})
        : world(w), owner_name(std::move(owner)), account{make_plain_cloud(std::move(how)), false} {
        dispatch::command_runner_options options;
        options.owner = owner_name;
        options.observer = [this](const command_report& seen) { steps.push_back(seen.next); };
        options.on_failure = failed;
        runner.emplace(world.io.get_executor(), world.store(), network, world.time, world.time, world.random, tokens,
                       std::move(options));
        world.commands_ready = [this](const auto& hints) { runner->note_due(hints); };
    }
    ~commanding() { world.commands_ready = nullptr; }

    void start() {
        runner->set_accounts({account});
        world.stored<storage::nothing>([&](auto done) { world.store().recover(owner_name, std::move(done)); });
        run([](commanding& self) -> dispatch::task<void> {
            const auto loaded = co_await self.tokens.load();
            BOOST_REQUIRE(loaded.has_value());
        });
        runner->start();
        world.time.run_for(10ms);
    }

    void stop(duration grace) {
        bool stopped = false;
        group.spawn("stop", [](command_runner& r, time_point at, bool& done) -> dispatch::task<void> {
            co_await r.stop(at);
            done = true;
        }(*runner, world.time.now() + grace, stopped));
        BOOST_REQUIRE(world.time.run_until([&] { return stopped; }, grace + 1s));
    }
    void end() {
        stop(0s);
        network.interrupt();
        run([](commanding& self) -> dispatch::task<void> {
            co_await self.runner->join();
            co_await self.tokens.join();
        });
    }

    result<command_facts> ask(command_verb verb) {
        std::optional<result<command_facts>> out;
        vendor_command question;
        question.verb = verb;
        group.spawn("ask",
                    [](command_runner& r, vendor_command what,
                       std::optional<result<command_facts>>& answer) -> dispatch::task<void> {
                        answer = co_await r.ask(account_id("plain"), std::move(what));
                    }(*runner, std::move(question), out));
        BOOST_REQUIRE(world.time.run_until([&] { return out.has_value(); }, 1min));
        return std::move(*out);
    }

    void run(dispatch::task<void> (*work)(commanding&)) {
        group.spawn("work", work(*this));
        world.time.run_until_idle();
        BOOST_REQUIRE_EQUAL(group.running(), 0u);
    }

    static void failed(const std::string& name, const std::string& what) { BOOST_ERROR(name + ": " + what); }

    stored_world& world;
    std::string owner_name;
    command_account account;
    cloud_script cloud;
    std::vector<command_state> steps;
    scripted_transport network{world.time, world.time,
                               [this](const wire::http_request& request) { return cloud(request); }};
    dispatch::token_keeper tokens{world.io.get_executor(), world.store(), network, world.time, world.time, 15s, failed};
    dispatch::task_group group{world.io.get_executor(), failed};
    std::optional<command_runner> runner;
};

struct one_room : stored_world {
    one_room() { add_pms("alpha", 8); }

    // Payloads of what waits for the PMS now; each is handed out once.
    std::vector<std::string> callbacks() {
        const auto rows = stored<std::vector<storage::leased_delivery>>([&](auto done) {
            store().lease_deliveries({"test", 24h * 30, {{pms_id("alpha"), 100}}}, std::move(done));
        });
        std::vector<std::string> out;
        for (const auto& row : rows) out.push_back(row.payload);
        return out;
    }
};

}  // namespace lockhub::test
