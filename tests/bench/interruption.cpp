#include "tests/bench/interruption.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace lockhub::bench {

namespace {

constexpr char signal_came = 's';
constexpr char no_longer_needed = 'n';

int write_end = -1;  // a signal handler has no other way to it

void write_byte(char byte) {
    [[maybe_unused]] const auto written = ::write(write_end, &byte, 1);
}

void on_signal(int) {
    write_byte(signal_came);
}

}  // namespace

interruption::interruption(std::filesystem::path folder) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
    read_end_ = ends[0];
    write_end = ends[1];
    waiting_ = std::thread([from = read_end_, doomed = std::move(folder)] {
        char byte = 0;
        while (::read(from, &byte, 1) < 0 && errno == EINTR) {
        }
        if (byte != signal_came) return;
        std::error_code ec;
        std::filesystem::remove_all(doomed, ec);
        ::_exit(130);
    });
    ::signal(SIGINT, on_signal);
    ::signal(SIGTERM, on_signal);
}

interruption::~interruption() {
    ::signal(SIGINT, SIG_DFL);
    ::signal(SIGTERM, SIG_DFL);
    write_byte(no_longer_needed);
    waiting_.join();
    ::close(read_end_);
    ::close(write_end);
}

}  // namespace lockhub::bench
