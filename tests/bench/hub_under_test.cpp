#include "tests/bench/hub_under_test.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "tests/bench/http_get.hpp"
#include "tests/bench/push_bodies.hpp"

namespace lockhub::bench {

namespace {

constexpr auto import_limit = std::chrono::minutes(1);

std::string config_text(const std::filesystem::path& folder) {
    return fmt::format(R"([server]
listen = "127.0.0.1:0"
[storage]
path = "{}/lockhub.db"
[log]
level = "warn"
format = "json"
[[dingding]]
account = "dd-main"
event_url = "{}"
result_url = "{}"
sign = "required"
base_url = "http://127.0.0.1:9/openapi/v1"
client_id = "bench"
client_secret = "made-up-secret"
)",
                       folder.string(), push_bodies::event_url, push_bodies::result_url);
}

std::string pms_text(std::size_t number, std::uint16_t sink_port) {
    auto out = fmt::format("[[pms]]\nid = \"{}\"\nkey = \"made-up-key\"\nprivate_addresses = true\n", pms_name(number));
    if (sink_port != 0) out += fmt::format("event_url = \"http://127.0.0.1:{}/{}/event\"\n", sink_port, number);
    return out;
}

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    if (!out) throw std::runtime_error(fmt::format("cannot write {}", file.string()));
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

// The sum of a series over all its labels that contain `label`.
double sum_of(std::string_view text, std::string_view name, std::string_view label = {}) {
    double sum = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = text.substr(at, end - at);
        at = end + 1;
        const auto value = line.rfind(' ');
        if (!line.starts_with(name) || value == std::string_view::npos) continue;
        if (const char after = line[name.size()]; after != ' ' && after != '{') continue;
        if (line.substr(0, value).find(label) == std::string_view::npos) continue;
        double number = 0;
        std::from_chars(line.data() + value + 1, line.data() + line.size(), number);
        sum += number;
    }
    return sum;
}

}  // namespace

std::string pms_name(std::size_t number) {
    return fmt::format("system-{}", number);
}

std::string hotel_no(std::size_t room) {
    return fmt::format("H{}", room / 100);
}

std::string room_id(std::size_t room) {
    return fmt::format("R{}", room);
}

hub_under_test::hub_under_test(std::filesystem::path programs, std::filesystem::path folder, const hub_setup& setup)
    : programs_(std::move(programs)), folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    auto config = config_text(folder_);
    for (std::size_t i = 0; i < setup.pms_systems; ++i) config += pms_text(i, setup.sink_port);
    write(folder_ / "lockhub.toml", config);
    import_directory(setup);
}

void hub_under_test::import_directory(const hub_setup& setup) const {
    std::string csv =
        "pms_id,hotel_no,hotel_name,room_type_code,room_type_name,room_id,room_no,floor_no,cloud_account,lock_uuid,"
        "cloud_home_id,cloud_room_id\n";
    for (std::size_t i = 0; i < setup.rooms; ++i)
        csv += fmt::format("{0},{1},Hotel {1},STD,Standard,{2},{3},1,dd-main,{4},6500aa11bb22cc33dd44ee55,c{3}\n",
                           pms_name(setup.shared_out ? i % setup.pms_systems : 0), hotel_no(i), room_id(i), i,
                           push_bodies::lock_uuid(i));
    write(folder_ / "directory.csv", csv);
    const auto done = simulators::run_process(
        {programs_ / "lockhub", "--config", folder_ / "lockhub.toml", "directory", "import", folder_ / "directory.csv"},
        import_limit);
    if (done.exit_code != 0) throw std::runtime_error("lockhub directory import: " + done.output);
}

std::vector<std::string> hub_under_test::serve_command() const {
    return {programs_ / "lockhub", "--config", folder_ / "lockhub.toml", "serve"};
}

hub_counters read_counters(std::uint16_t port) {
    const auto text = http_get(port, "/metrics");
    return {.commits = sum_of(text, "lockhub_commit_units_count"),
            .units = sum_of(text, "lockhub_commit_units_sum"),
            .syncs = sum_of(text, "lockhub_fsyncs_total"),
            .delivered = sum_of(text, "lockhub_deliveries_total", "outcome=\"delivered\""),
            .lockapi_ok = sum_of(text, "lockhub_lockapi_requests_total", "code=\"0\"")};
}

}  // namespace lockhub::bench
