#include "tests/simulators/program/demo_files.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fstream>
#include <stdexcept>

namespace lockhub::simulators {

const std::vector<demo_room>& demo_rooms() {
    static const std::vector<demo_room> rooms = {
        {"rm301", "301", "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "775032240849921"},
        {"rm302", "302", "1b2c3d4e5f60718293a4b5c6d7e8f90a", "775032240849922"},
        {"rm303", "303", "2c3d4e5f60718293a4b5c6d7e8f90a1b", "775032240849923"},
    };
    return rooms;
}

std::string demo_config_text(const std::filesystem::path& directory, const demo_ports& ports) {
    return fmt::format(
        R"(# The demo of lockhub: a simulated 丁盯 account, the gateway of a front desk
# and a PMS, all simulated, on loopback. Written once, yours to change.
[server]
listen = "127.0.0.1:{1}"

[storage]
path = "{0}/lockhub.db"

[log]
level = "debug"
format = "text"

[[dingding]]
account = "dd-main"
event_url = "https://hub.example.com/in/dd/k7Qm2/event"     # as registered with 丁盯; `sign` is computed over it
result_url = "https://hub.example.com/in/dd/k7Qm2/result"
sign = "required"
base_url = "http://127.0.0.1:{2}/openapi/v1"
client_id = "demo"
client_secret = "demo-secret"
private_addresses = true

[[gateway]]
account = "{5}"
base_url = "http://127.0.0.1:{4}"
appid = "4773aa036f7f49c68d876bb4be85c80c"
appsecret = "dfd5489d0cee31f0bdfaf59d0d42d71f"
pms = "demopms"
hotel_no = "{6}"

[[gateway.reader]]
id = "{7}"
nickname = "前台一"

[[pms]]
id = "demopms"
key = "made-up-sign-key"
password_url = "http://127.0.0.1:{3}/callback/password"
make_card_url = "http://127.0.0.1:{3}/callback/makeCard"
query_card_url = "http://127.0.0.1:{3}/callback/queryCard"
return_card_url = "http://127.0.0.1:{3}/callback/returnCard"
event_url = "http://127.0.0.1:{3}/callback/event"
private_addresses = true
)",
        directory.string(), ports.hub, ports.cloud, ports.pms, ports.gateway, demo_gateway, demo_hotel, demo_reader);
}

std::string demo_directory_text() {
    std::string out =
        "pms_id,hotel_no,hotel_name,room_type_code,room_type_name,room_id,room_no,floor_no,cloud_account,lock_uuid,"
        "cloud_home_id,cloud_room_id\n";
    for (const demo_room& room : demo_rooms()) {
        out += fmt::format("demopms,{},示范酒店,STD,标准间,{},{},3,dd-main,{},{},{}\n", demo_hotel, room.room_id,
                           room.room_no, room.lock_uuid, demo_home, "dd-" + room.room_id);
    }
    return out;
}

std::uint16_t free_port(std::uint16_t wanted) {
    boost::asio::io_context io;
    for (const std::uint16_t port : {wanted, std::uint16_t{0}}) {
        boost::asio::ip::tcp::acceptor probe(io);
        boost::system::error_code ec;
        probe.open(boost::asio::ip::tcp::v4());
        probe.set_option(boost::asio::socket_base::reuse_address(true));
        probe.bind({boost::asio::ip::address_v4::loopback(), port}, ec);
        if (ec) continue;
        probe.listen(1, ec);
        if (!ec) return probe.local_endpoint().port();
    }
    throw std::runtime_error("no TCP port is free on 127.0.0.1");
}

void write_private(const std::filesystem::path& file, const std::string& text) {
    using std::filesystem::perms;
    std::ofstream out(file);
    std::filesystem::permissions(file, perms::owner_read | perms::owner_write);
    out << text;
    out.close();
    if (!out) throw std::runtime_error(fmt::format("cannot write {}", file.string()));
}

bool write_if_missing(const std::filesystem::path& file, const std::string& text) {
    if (std::filesystem::exists(file)) return false;
    write_private(file, text);
    return true;
}

}  // namespace lockhub::simulators
