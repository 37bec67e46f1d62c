#pragma once
// A whole installation for a test: the real lockhub and the real lockhub-sim as child processes, on free ports, in a
// folder of their own.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulators/pms_system.hpp"
#include "tests/simulators/program/child_process.hpp"
#include "tests/support/http_call.hpp"
#include "tests/support/sql_reader.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lockhub::test {

// The addresses a child says it listens on, from the `skip`-th byte of its log on, once there are `count` of them.
std::vector<std::string> await_addresses(simulators::child_process& child, const std::filesystem::path& log,
                                         std::size_t skip, std::size_t count);

struct installation_settings {
    std::size_t rooms = 3;
    std::string dispatch =
        "retry_schedule = [\"1s\", \"1s\", \"2s\", \"3s\"]\n"
        "result_poll_after = \"1s\"\n"
        "result_expires_after = \"2m\"\n";
    bool cards = false;                       // rooms have a card lock at the gateway, and the hotel its card reader
    std::string log = "format = \"text\"\n";  // lines of the [log] section
    // Lines for the [[pms]] section and sections after it; "{pms}", "{gateway}" and "{yeeuu}" stand for the simulators'
    // addresses.
    std::string pms_extra = {};
    std::vector<std::string> sim_arguments = {};  // for lockhub-sim all
};

class installation {
  public:
    // Starts the simulators and the hub, and imports the directory.
    explicit installation(installation_settings settings = {});

    // --- the hub
    void start_hub();                // returns when it listens and the cloud knows where
    int stop_hub();                  // SIGTERM; its exit code
    void kill_hub();                 // SIGKILL; returns when it is gone
    bool abort_hub();                // SIGABRT; true when it left a core dump
    std::string hub_limits() const;  // /proc/<its id>/limits
    void kill_hub_while_starting(std::chrono::milliseconds after);
    const std::string& hub() const { return hub_origin_; }
    std::string hub_log() const;
    // Imports rows of a directory file, without its header; throws when they are refused.
    void import_rooms(const std::string& csv_rows) const;
    // lockhub with these arguments and --config.
    simulators::finished_process cli(std::vector<std::string> arguments) const;

    // --- what the PMS does: a lockapi call, signed as the simulator signs
    call_answer lockapi(const std::string& method, simulators::text_fields fields) const;
    simulators::text_fields check_in_fields(std::size_t room, const std::string& pin) const;  // of enableGuestPwd
    std::string check_in(std::size_t room, const std::string& pin) const;  // the actionId; throws when refused

    // --- the simulators
    const std::string& cloud() const { return cloud_origin_; }
    const std::string& pms() const { return pms_origin_; }
    wire::json_value cloud_state() const { return http_get(cloud_origin_, "/sim/state").json(); }
    wire::json_value pms_state() const { return http_get(pms_origin_, "/sim/state").json(); }
    wire::json_value pushes(std::size_t from = 0) const;
    const std::string& gateway() const { return gateway_origin_; }
    wire::json_value gateway_state() const { return http_get(gateway_origin_, "/sim/state").json(); }
    void cloud_does(const std::string& what, const std::string& json) const;  // POST /sim/…; throws when refused
    void pms_does(const std::string& what, const std::string& json) const;
    wire::json_value gateway_does(const std::string& what, const std::string& json) const;  // its answer

    wire::json_value yeeuu_state() const { return http_get(yeeuu_origin_, "/sim/state").json(); }
    wire::json_value yeeuu_does(const std::string& what, const std::string& json) const;  // its answer

    // A card, "" for a new one, is laid on the gateway's reader; its id.
    std::string lay_card(const std::string& card_id = "") const;
    bool card_opens(std::size_t room, const std::string& card_id) const;
    // Ties a room to its card lock at a gateway.
    void bind_card_lock(const std::string& hotel, const std::string& room, const std::string& account,
                        const std::string& rm_id) const;

    // What the PMS was told of an action or event: its entry in the state, or nullopt.
    std::optional<wire::json_value> told_of_action(const std::string& action_id) const;
    // Codes of an action, waited for: "0", or "0 -1" when it was told both.
    std::string final_codes(const std::string& action_id) const;
    // Callbacks about events of that name, in the order they came.
    std::vector<wire::json_value> event_callbacks(const std::string& event) const;

    std::string uuid(std::size_t room) const;
    std::string room_id(std::size_t room) const;
    std::string rm_id(std::size_t room) const;  // the gateway's name of the room
    const std::filesystem::path& database() const { return database_; }
    const std::filesystem::path& config() const { return config_; }
    const temporary_folder& folder() const { return folder_; }

  private:
    void start_simulators();
    void write_files();
    std::string directory_rows() const;

    installation_settings settings_;
    temporary_folder folder_;
    std::filesystem::path database_;
    std::filesystem::path config_;
    std::optional<simulators::child_process> sim_child_;
    std::optional<simulators::child_process> hub_child_;
    std::string cloud_origin_;
    std::string pms_origin_;
    std::string gateway_origin_;
    std::string yeeuu_origin_;
    std::string hub_origin_;
};

}  // namespace lockhub::test
