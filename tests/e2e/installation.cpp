#include "tests/e2e/installation.hpp"

#include <fmt/format.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "schemas/domain/directory.hpp"
#include "tests/simulators/program/hub_child.hpp"
#include "tests/support/eventually.hpp"

namespace lockhub::test {

namespace {

constexpr auto patience = std::chrono::seconds(30);
// A call that never arrived is sent again only when the cloud has said twice, half a minute apart, that it knows
// nothing.
constexpr auto longest_settlement = std::chrono::seconds(90);
constexpr const char* form_type = "application/x-www-form-urlencoded; charset=UTF-8";

constexpr std::string_view gateway_section = R"([[gateway]]
account = "gw-main"
base_url = "{gateway}"
appid = "4773aa036f7f49c68d876bb4be85c80c"
appsecret = "dfd5489d0cee31f0bdfaf59d0d42d71f"
pms = "demopms"
hotel_no = "H10086"
[[gateway.reader]]
id = "d0000000"
nickname = "前台"
)";

void replace_all(std::string& text, std::string_view mark, const std::string& by) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
        text.replace(at, mark.size(), by);
}

std::string room_number(std::size_t room) {
    return std::to_string(300 + room);
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::vector<std::string> await_addresses(simulators::child_process& child, const std::filesystem::path& log,
                                         std::size_t skip, std::size_t count) {
    return eventually("a child listens; its log is " + log.string(),
                      [&] {
                          const bool ended = child.wait(std::chrono::milliseconds(0)).has_value();
                          std::istringstream said(read_file(log).substr(skip));
                          std::vector<std::string> found;
                          for (std::string line; std::getline(said, line);) {
                              if (auto address = simulators::listening_address(line); !address.empty())
                                  found.push_back(address);
                          }
                          if (found.size() >= count) return std::optional(found);
                          if (ended)
                              throw std::runtime_error("a child ended before it listened; it said:\n" + said.str());
                          return std::optional<std::vector<std::string>>();
                      })
        .value();
}

installation::installation(installation_settings settings)
    : settings_(std::move(settings)), database_(folder_ / "lockhub.db"), config_(folder_ / "lockhub.toml") {
    start_simulators();
    write_files();
    start_hub();
    import_rooms(directory_rows());
    for (std::size_t room = 0; settings_.cards && room < settings_.rooms; ++room) {
        bind_card_lock("H10086", room_id(room), "gw-main", rm_id(room));
    }
}

void installation::start_simulators() {
    std::vector<std::string> arguments = {LOCKHUB_SIM_PROGRAM, "all", "--dingding-port", "0", "--pms-port", "0",
                                          "--gateway-port",    "0",   "--yeeuu-port",    "0"};
    for (std::size_t room = 0; room < settings_.rooms; ++room) {
        arguments.emplace_back("--lock");
        arguments.push_back(uuid(room));
        arguments.emplace_back("--room");
        arguments.push_back(rm_id(room) + "=" + room_number(room));
    }
    arguments.insert(arguments.end(), settings_.sim_arguments.begin(), settings_.sim_arguments.end());
    const auto log = folder_ / "sim.log";
    sim_child_ = simulators::child_process::start_logging(std::move(arguments), log.string());
    const auto addresses = await_addresses(*sim_child_, log, 0, 4);
    cloud_origin_ = addresses[0];
    pms_origin_ = addresses[1];
    gateway_origin_ = addresses[2];
    yeeuu_origin_ = addresses[3];
}

void installation::write_files() {
    std::string more = settings_.pms_extra;
    if (settings_.cards) more += gateway_section;
    replace_all(more, "{gateway}", gateway_origin_);
    replace_all(more, "{yeeuu}", yeeuu_origin_);
    replace_all(more, "{pms}", pms_origin_);
    folder_.write("lockhub.toml", fmt::format(R"([server]
listen = "127.0.0.1:0"
[storage]
path = "{0}/lockhub.db"
[log]
{5}[dispatch]
{1}
[[dingding]]
account = "dd-main"
event_url = "https://hub.example.com/in/dd/k7Qm2/event"
result_url = "https://hub.example.com/in/dd/k7Qm2/result"
sign = "required"
base_url = "{2}/openapi/v1"
client_id = "demo"
client_secret = "demo-secret"
[[pms]]
id = "demopms"
key = "made-up-sign-key"
password_url = "{3}/callback/password"
event_url = "{3}/callback/event"
make_card_url = "{3}/callback/make-card"
query_card_url = "{3}/callback/query-card"
return_card_url = "{3}/callback/return-card"
private_addresses = true
{4}
)",
                                              folder_.path().string(), settings_.dispatch, cloud_origin_, pms_origin_,
                                              more, settings_.log));
}

std::string installation::directory_rows() const {
    std::string csv;
    for (std::size_t room = 0; room < settings_.rooms; ++room) {
        csv += fmt::format("demopms,H10086,示范酒店,STD,标准间,{},{},3,dd-main,{},sim-home,sim-room-{}\n",
                           room_id(room), room_number(room), uuid(room), uuid(room).substr(0, 6));
    }
    return csv;
}

void installation::import_rooms(const std::string& csv_rows) const {
    const auto file = folder_.write("rooms.csv", std::string(directory_csv_header) + "\n" + csv_rows);
    const auto imported = cli({"directory", "import", file.string()});
    if (imported.exit_code != 0) throw std::runtime_error("directory import failed: " + imported.output);
}

void installation::start_hub() {
    const auto log = folder_ / "hub.log";
    const std::size_t said_before = read_file(log).size();
    hub_child_ = simulators::child_process::start_logging({LOCKHUB_PROGRAM, "serve", "--config", config_.string()},
                                                          log.string());
    hub_origin_ = await_addresses(*hub_child_, log, said_before, 1).front();
    cloud_does("hub", fmt::format(R"({{"origin":"{}"}})", hub_origin_));
}

std::string installation::hub_log() const {
    return read_file(folder_ / "hub.log");
}

int installation::stop_hub() {
    hub_child_->signal(SIGTERM);
    const auto code = hub_child_->wait(patience);
    if (!code) throw std::runtime_error("the hub did not end on SIGTERM");
    return *code;
}

void installation::kill_hub() {
    hub_child_->signal(SIGKILL);
    if (!hub_child_->wait(patience)) throw std::runtime_error("the hub did not end on SIGKILL");
}

bool installation::abort_hub() {
    hub_child_->signal(SIGABRT);
    if (!hub_child_->wait(patience)) throw std::runtime_error("the hub did not end on SIGABRT");
    return hub_child_->dumped_core();
}

std::string installation::hub_limits() const {
    return read_file(fmt::format("/proc/{}/limits", hub_child_->id()));
}

void installation::kill_hub_while_starting(std::chrono::milliseconds after) {
    hub_child_ = simulators::child_process::start_logging({LOCKHUB_PROGRAM, "serve", "--config", config_.string()},
                                                          (folder_ / "hub.log").string());
    hub_child_->wait(after);
    kill_hub();
}

simulators::finished_process installation::cli(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), LOCKHUB_PROGRAM);
    arguments.emplace_back("--config");
    arguments.push_back(config_.string());
    return simulators::run_process(std::move(arguments), patience);
}

call_answer installation::lockapi(const std::string& method, simulators::text_fields fields) const {
    return http_post(hub_origin_, "/lockapi/demopms/lock/" + method + ".do",
                     simulators::signed_lockapi_form(std::move(fields), {}), form_type);
}

simulators::text_fields installation::check_in_fields(std::size_t room, const std::string& pin) const {
    return {{"hotelNo", "H10086"},
            {"roomId", room_id(room)},
            {"pwd", pin},
            {"operatorGuid", "op-77"},
            {"operatorName", "前台甲"}};
}

std::string installation::check_in(std::size_t room, const std::string& pin) const {
    const call_answer answer = lockapi("enableGuestPwd", check_in_fields(room, pin));
    const wire::json_value body = answer.json();
    const wire::json_value* data = body.find("data");
    if (body.integer_of("code") != 0 || !data) throw std::runtime_error("the check-in was refused: " + answer.body);
    return data->text_of("actionId");
}

wire::json_value installation::pushes(std::size_t from) const {
    return http_get(cloud_origin_, fmt::format("/sim/pushes?from={}", from)).json();
}

void installation::cloud_does(const std::string& what, const std::string& json) const {
    const auto answer = http_post(cloud_origin_, "/sim/" + what, json);
    if (answer.status != 200) throw std::runtime_error("the simulated cloud refused: " + answer.body);
}

void installation::pms_does(const std::string& what, const std::string& json) const {
    const auto answer = http_post(pms_origin_, "/sim/" + what, json);
    if (answer.status != 200) throw std::runtime_error("the simulated PMS refused: " + answer.body);
}

wire::json_value installation::gateway_does(const std::string& what, const std::string& json) const {
    const auto answer = http_post(gateway_origin_, "/sim/" + what, json);
    if (answer.status != 200) throw std::runtime_error("the simulated gateway refused: " + answer.body);
    return answer.json();
}

wire::json_value installation::yeeuu_does(const std::string& what, const std::string& json) const {
    const auto answer = http_post(yeeuu_origin_, "/sim/" + what, json);
    if (answer.status != 200) throw std::runtime_error("the simulated 云柚 cloud refused: " + answer.body);
    return answer.json();
}

std::string installation::lay_card(const std::string& card_id) const {
    return gateway_does("card", fmt::format(R"({{"put":"{}"}})", card_id)).text_of("card");
}

bool installation::card_opens(std::size_t room, const std::string& card_id) const {
    const auto door = fmt::format(R"({{"rm_id":"{}","card":"{}"}})", rm_id(room), card_id);
    return gateway_does("door", door).text_of("opens") == "true";
}

void installation::bind_card_lock(const std::string& hotel, const std::string& room, const std::string& account,
                                  const std::string& rm_id) const {
    const auto bound = cli({"directory", "bind", "--pms", "demopms", "--hotel", hotel, "--room", room, "--service",
                            "card", "--account", account, "--lock", rm_id, "--yes"});
    if (bound.exit_code != 0) throw std::runtime_error("directory bind failed: " + bound.output);
}

std::optional<wire::json_value> installation::told_of_action(const std::string& action_id) const {
    const wire::json_value state = pms_state();
    const wire::json_value* found = state.find("actions")->find(action_id);
    return found ? std::optional(*found) : std::nullopt;
}

std::string installation::final_codes(const std::string& action_id) const {
    const auto told = eventually(
        "the callback of action " + action_id, [&] { return told_of_action(action_id); }, longest_settlement);
    std::string codes;
    for (const wire::json_value& code : told->find("codes")->items()) codes += (codes.empty() ? "" : " ") + code.text();
    return codes;
}

std::vector<wire::json_value> installation::event_callbacks(const std::string& event) const {
    std::vector<wire::json_value> out;
    const wire::json_value state = pms_state();
    for (const wire::json_value& callback : state.find("callbacks")->items()) {
        if (callback.find("fields")->text_of("event") == event) out.push_back(callback);
    }
    return out;
}

std::string installation::uuid(std::size_t room) const {
    return fmt::format("{:06x}aa11bb22cc33dd44ee55ff6677", room + 1);
}

std::string installation::room_id(std::size_t room) const {
    return "rm" + room_number(room);
}

std::string installation::rm_id(std::size_t room) const {
    return fmt::format("775032240849{:03}", 920 + room);
}

}  // namespace lockhub::test
