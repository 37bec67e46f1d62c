#include "hub/system/notify.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstring>

#include "tests/support/temporary_folder.hpp"

using namespace lockhub;
using lockhub::test::temporary_folder;

BOOST_AUTO_TEST_SUITE(notify_test)

BOOST_AUTO_TEST_CASE(systemd_hears_that_the_service_is_ready_and_alive) {
    const temporary_folder folder;
    const auto path = (folder / "notify").string();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    BOOST_REQUIRE(path.size() < sizeof(address.sun_path));
    std::memcpy(address.sun_path, path.data(), path.size());
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    BOOST_REQUIRE(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
    const auto receive = [&] {
        std::array<char, 256> buffer{};
        const auto got = ::recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
        return std::string(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    };
    const hub::service_notifier notifier(path);
    BOOST_TEST(notifier.ready("listening\non 8080"));
    BOOST_TEST(receive() == "READY=1\nSTATUS=listening on 8080\nMAINPID=" + std::to_string(::getpid()));
    BOOST_TEST(notifier.alive());
    BOOST_TEST(receive() == "WATCHDOG=1");
    BOOST_TEST(notifier.stopping());
    BOOST_TEST(receive() == "STOPPING=1");
    ::close(fd);
    BOOST_TEST(!notifier.alive(), "nobody listens any more");
}

BOOST_AUTO_TEST_CASE(without_systemd_nothing_is_sent) {
    const hub::service_notifier notifier("");
    BOOST_TEST(notifier.ready("x"));
}

BOOST_AUTO_TEST_SUITE_END()
