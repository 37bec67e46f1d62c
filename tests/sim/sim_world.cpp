#include "tests/sim/sim_world.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "schemas/domain/directory.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/simulators/signatures.hpp"

namespace lockhub::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t rooms = 8;

hub::config world_settings() {
    constexpr std::string_view text = R"(
[[dingding]]
account = "dd-main"
event_url = "https://hub.example.com/in/dd/k7Qm2/event"
result_url = "https://hub.example.com/in/dd/k7Qm2/result"
sign = "required"
base_url = "http://cloud.sim/openapi/v1"
client_id = "demo"
client_secret = "demo-secret"
[[pms]]
id = "demopms"
key = "made-up-sign-key"
password_url = "http://pms.sim/callback/password"
event_url = "http://pms.sim/callback/event"
)";
    auto read = hub::parse_config(text, "world.toml");
    if (!read) {
        throw std::runtime_error(read.error().front().text());
    }
    return std::move(*read);
}

simulators::pms_registration registration() {
    return {"demopms", "made-up-sign-key"};
}

}  // namespace

sim_world::sim_world(std::uint64_t seed)
    : random_(seed),
      entropy_(seed),
      cloud_(simulators::dingding_registration{}),
      pms_(registration()),
      network_(io_, time_, time_, random_, cloud_, pms_),
      guests_(io_.get_executor(),
              [](const std::string& name, const std::string& what) { throw std::runtime_error(name + ": " + what); }),
      settings_(world_settings()) {
    for (std::size_t room = 0; room < rooms; ++room) {
        locks_.push_back(fmt::format("{:032x}", 0xd00d0000 + room));
        cloud_.add_lock(locks_.back(), "home-1", fmt::format("cloud-room-{}", room));
    }
    time_.when_idle([this] { return hub_ && hub_->commit(); });
    start_hub(folder_ / "run-0.db");
    import_directory();
}

sim_world::~sim_world() {
    if (hub_) {
        network_.set_door({});
        hub_->cut_off();
        hub_->stop();
    }
}

std::size_t sim_world::pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
}
bool sim_world::chance(double p) {
    return std::bernoulli_distribution(p)(random_);
}
const std::string& sim_world::any_lock() {
    return locks_[pick(locks_.size())];
}

void sim_world::import_directory() {
    storage::directory_change change;
    change.actor = "sim";
    for (std::size_t room = 0; room < rooms; ++room) {
        change.rows.push_back({"demopms", "H10086", "示例酒店", "RT1", "大床", fmt::format("rm{}", 301 + room),
                               fmt::format("{}", 301 + room), "3", "dd-main", locks_[room], "home-1",
                               fmt::format("cloud-room-{}", room)});
    }
    bool imported = false;
    hub_->store().change_directory(std::move(change), [&imported](const result<storage::directory_changed>& done) {
        if (!done) {
            throw std::runtime_error(done.error().message);
        }
        imported = true;
    });
    if (!time_.run_until([&imported] { return imported; }, 1min)) {
        throw std::runtime_error("the directory was not imported");
    }
}

void sim_world::start_hub(std::filesystem::path database) {
    database_ = std::move(database);
    hub_ =
        std::make_unique<sim_hub>(io_, time_, entropy_, network_, database_, settings_, fmt::format("run-{}", runs_++));
    hub_->start();
    network_.set_door([this](std::string path, std::string content_type, std::string body) {
        return hub_->request(std::move(path), std::move(content_type), std::move(body));
    });
}

// The files as they are now are all that is left; the old hub ends unheard.
void sim_world::crash() {
    ++crashes_;
    network_.set_door({});
    hub_->cut_off();
    const auto next = folder_ / fmt::format("run-{}.db", runs_);
    for (const char* part : {"", "-wal"}) {
        if (std::filesystem::exists(database_.string() + part)) {
            std::filesystem::copy_file(database_.string() + part, next.string() + part);
        }
    }
    hub_->stop();
    hub_.reset();
    time_.run_for(duration(pick(20'000)));
    start_hub(next);
}

task<void> sim_world::call_enable(std::string body) {
    auto door = network_.door();
    if (!door) {
        co_return;
    }
    const auto answer =
        co_await door("/lockapi/demopms/lock/enableGuestPwd.do", "application/x-www-form-urlencoded", body);
    const auto json = wire::json_value::parse(answer.body);
    if (answer.status != 200 || !json || json->integer_of("code") != 0) {
        co_return;
    }
    const auto* data = json->find("data");
    const auto fields = simulators::decode_form(body);
    // Off line the answer carries the lock's own dynamic PIN and promises nothing.
    if (!simulators::field(fields, "pwd").empty() && data->text_of("pwd") == simulators::field(fields, "pwd")) {
        promised_.push_back(data->text_of("actionId"));
    }
}

void sim_world::check_in() {
    simulators::text_fields fields{{"hotelNo", "H10086"},
                                   {"roomId", fmt::format("rm{}", 301 + pick(rooms))},
                                   {"operatorGuid", fmt::format("op-{}", ++guests_seen_)},
                                   {"operatorName", "前台甲"}};
    if (chance(0.9)) {
        fields.emplace_back("pwd", fmt::format("{:06}", 100'000 + pick(900'000)));
    }
    guests_.spawn("guest", call_enable(simulators::signed_lockapi_form(std::move(fields), registration())));
}

void sim_world::something_at_a_door() {
    switch (pick(4)) {
        case 0:
            network_.schedule(cloud_.battery_alarm(any_lock(), static_cast<int>(pick(11)), time_.now(), random_));
            return;
        case 1:
            network_.schedule(cloud_.raise_event("brokenAlarm", any_lock(), "", time_.now(), random_));
            return;
        case 2:
            network_.schedule(cloud_.set_online(any_lock(), chance(0.8), time_.now(), random_));
            return;
        default:
            network_.schedule(cloud_.upload_history(any_lock(), {1001, 1002, 1003}, time_.now(), random_));
    }
}

void sim_world::turn_a_knob() {
    static const std::vector<simulators::fault simulators::dingding_knobs::*> cloud_faults{
        &simulators::dingding_knobs::drop,           &simulators::dingding_knobs::lose_reply,
        &simulators::dingding_knobs::error,          &simulators::dingding_knobs::server_error,
        &simulators::dingding_knobs::fail_operation, &simulators::dingding_knobs::stuck,
        &simulators::dingding_knobs::lose_push,      &simulators::dingding_knobs::duplicate,
        &simulators::dingding_knobs::reorder};
    static const std::vector<simulators::fault simulators::pms_knobs::*> pms_faults{
        &simulators::pms_knobs::refuse, &simulators::pms_knobs::http_500, &simulators::pms_knobs::html,
        &simulators::pms_knobs::slow,   &simulators::pms_knobs::drop,     &simulators::pms_knobs::lose_reply};
    const simulators::fault setting{chance(0.5) ? 0.0 : 0.1 * static_cast<double>(1 + pick(9)),
                                    simulators::fault::for_ever};
    if (chance(0.5)) {
        cloud_.knobs.*cloud_faults[pick(cloud_faults.size())] = setting;
    } else {
        pms_.knobs.*pms_faults[pick(pms_faults.size())] = setting;
    }
    if (chance(0.1)) {
        cloud_.expire_tokens(time_.now());
    }
}

void sim_world::step() {
    const auto what = pick(100);
    if (what < 30) {
        check_in();
    } else if (what < 75) {
        something_at_a_door();
    } else if (what < 95) {
        turn_a_knob();
    } else {
        crash();
    }
    time_.run_for(duration(pick(chance(0.1) ? 120'000 : 3'000)));
}

void sim_world::settle() {
    cloud_.knobs = {};
    pms_.knobs = {};
    for (const auto& lock : locks_) {
        network_.schedule(cloud_.set_online(lock, true, time_.now(), random_));
    }
    time_.run_for(24h * 7);
}

}  // namespace lockhub::sim
