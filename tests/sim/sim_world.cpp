#include "tests/sim/sim_world.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "schemas/domain/directory.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/simulators/signatures.hpp"

namespace lockhub::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t rooms_of_dingding = 8;
constexpr std::size_t of_them_with_cards = 4;
constexpr std::size_t rooms_of_gateway = 2;
constexpr std::size_t rooms_of_yeeuu = 3;

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
[[gateway]]
account = "gw-front"
base_url = "http://gateway.sim"
appid = "4773aa036f7f49c68d876bb4be85c80c"
appsecret = "dfd5489d0cee31f0bdfaf59d0d42d71f"
pms = "demopms"
hotel_no = "H10086"
[[gateway.reader]]
id = "d0000000"
nickname = "前台一"
[[yeeuu]]
account = "yy-main"
base_url = "http://yeeuu.sim"
partner_id = "000000000000000000000001"
secret = "demo-secret"
guest_mobile = "13000000001"
manage_mobile = "13000000002"
operator_mobile = "13000000003"
log_poll_every = "30m"
[[pms]]
id = "demopms"
key = "made-up-sign-key"
password_url = "http://pms.sim/callback/password"
make_card_url = "http://pms.sim/callback/makeCard"
query_card_url = "http://pms.sim/callback/queryCard"
return_card_url = "http://pms.sim/callback/returnCard"
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

std::vector<sim_room> make_rooms() {
    std::vector<sim_room> rooms;
    for (std::size_t i = 0; i < rooms_of_dingding + rooms_of_gateway + rooms_of_yeeuu; ++i) {
        sim_room room;
        room.room_no = fmt::format("{}", 301 + i);
        room.room_id = "rm" + room.room_no;
        if (i < rooms_of_dingding) {
            room.uuid = fmt::format("{:032x}", 0xd00d0000 + i);
        } else if (i < rooms_of_dingding + rooms_of_gateway) {
            room.pins = pins_from::gateway;
        } else {
            room.pins = pins_from::yeeuu;
            room.door = fmt::format("H{}/{}", 500 + i / 2, i);
        }
        if (i < of_them_with_cards || room.pins == pins_from::gateway)
            room.rm_id = fmt::format("{}", 775032240849921 + i);
        rooms.push_back(std::move(room));
    }
    return rooms;
}

void bind_pins(const sim_room& room, directory_row& row) {
    switch (room.pins) {
        case pins_from::dingding:
            row.cloud_account = "dd-main";
            row.lock_uuid = room.uuid;
            row.cloud_home_id = "home-1";
            row.cloud_room_id = "cloud-" + room.room_id;
            return;
        case pins_from::gateway:
            row.cloud_account = "gw-front";
            row.lock_uuid = room.rm_id;
            return;
        case pins_from::yeeuu:
            row.cloud_account = "yy-main";
            row.lock_uuid = room.door;
            row.cloud_home_id = "building-1";
            return;
    }
}

}  // namespace

sim_world::sim_world(std::uint64_t seed, sim_pace pace)
    : random_(seed),
      entropy_(seed),
      cloud_(simulators::dingding_registration{}),
      gateway_(simulators::gateway_registration{}),
      yeeuu_(simulators::yeeuu_registration{}),
      pms_(registration()),
      network_(io_, time_, time_, random_, {cloud_, gateway_, yeeuu_, pms_}),
      desk_(io_, network_, gateway_, random_, registration()),
      settings_(world_settings()),
      rooms_(make_rooms()),
      pace_(pace),
      born_(time_.now()) {
    for (const auto& room : rooms_) {
        if (!room.uuid.empty()) cloud_.add_lock(room.uuid, "home-1", "cloud-" + room.room_id);
        if (!room.rm_id.empty()) gateway_.add_room(room.rm_id, "1-" + room.room_no);
        if (!room.door.empty()) yeeuu_.add_door(room.door, "building-1");
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
const sim_room& sim_world::any_room() {
    return rooms_[pick(rooms_.size())];
}

void sim_world::import_directory() {
    storage::directory_change change;
    change.actor = "sim";
    for (const auto& room : rooms_) {
        directory_row row;
        row.pms_id = "demopms";
        row.hotel_no = "H10086";
        row.hotel_name = "示例酒店";
        row.room_type_code = "RT1";
        row.room_type_name = "大床";
        row.room_id = room.room_id;
        row.room_no = room.room_no;
        row.floor_no = "3";
        bind_pins(room, row);
        change.rows.push_back(std::move(row));
    }
    stored<storage::directory_changed>(
        [&](auto done) { hub_->store().change_directory(std::move(change), std::move(done)); });
    for (const auto& room : rooms_) {
        if (room.rm_id.empty()) continue;
        stored<storage::directory_changed>([&](auto done) {
            storage::lock_binding binding;
            binding.pms = pms_id("demopms");
            binding.hotel = hotel_no("H10086");
            binding.room = room_id(room.room_id);
            binding.service = storage::lock_service::card;
            binding.account = account_id("gw-front");
            binding.lock_uuid = room.rm_id;
            binding.actor = "sim";
            hub_->store().bind_lock(std::move(binding), std::move(done));
        });
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

void sim_world::step() {
    const auto what = pick(100);
    if (what < 30) {
        desk_.something_for(any_room());
    } else if (what < 75) {
        something_at_a_door();
    } else if (what < 95) {
        turn_a_knob();
    } else {
        crash();
    }
    const auto longest = chance(pace_.quiet_share) ? pace_.quiet : pace_.usual;
    time_.run_for(duration(pick(static_cast<std::size_t>(longest.count()))));
    ++steps_;
}

void sim_world::keep(const std::filesystem::path& target) const {
    for (const char* part : {"", "-wal"})
        std::filesystem::copy_file(database_.string() + part, target.string() + part,
                                   std::filesystem::copy_options::overwrite_existing);
}

void sim_world::settle() {
    end_all_trouble();
    an_operator_retries_the_dead();
    time_.run_for(24h * 5);
    an_operator_resumes_repairs();
    time_.run_for(24h);
    an_operator_decides();
    time_.run_for(24h);
}

}  // namespace lockhub::sim
