#include "tests/simulators/program/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace lockhub::simulators {

namespace {

using deadline_clock = std::chrono::steady_clock;

[[noreturn]] void fail_with_errno(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

// True when readable before the deadline.
bool wait_readable(int descriptor, deadline_clock::time_point deadline) {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - deadline_clock::now()).count();
        pollfd asked{.fd = descriptor, .events = POLLIN, .revents = 0};
        const int ready = ::poll(&asked, 1, static_cast<int>(left > 0 ? left : 0));
        if (ready > 0) return true;
        if (ready == 0) return false;
        if (errno != EINTR) fail_with_errno("poll");
    }
}

std::optional<std::string> take_line(std::string& text) {
    const auto end = text.find('\n');
    if (end == std::string::npos) return std::nullopt;
    std::string line = text.substr(0, end);
    text.erase(0, end + 1);
    return line;
}

}  // namespace

child_process child_process::start_on(std::vector<std::string> arguments, std::vector<std::string> environment,
                                      int output) {
    std::vector<std::string> whole_environment = std::move(environment);
    for (char** entry = environ; *entry; ++entry) whole_environment.emplace_back(*entry);
    const auto argument_pointers = pointers(arguments);
    const auto environment_pointers = pointers(whole_environment);

    child_process child;
    child.pid_ = ::fork();
    if (child.pid_ < 0) fail_with_errno("fork");
    if (child.pid_ == 0) {  // only async-signal-safe calls from here
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::setpgid(0, 0);  // Ctrl-C at the terminal is for the parent, which stops its children in order
        ::dup2(output, STDOUT_FILENO);
        ::dup2(output, STDERR_FILENO);
        ::execve(argument_pointers[0], argument_pointers.data(), environment_pointers.data());
        ::_exit(127);
    }
    ::close(output);
    // glibc 2.36 declares pidfd_open without C linkage, which C++ cannot link.
    child.pidfd_ = static_cast<int>(::syscall(SYS_pidfd_open, child.pid_, 0));
    if (child.pidfd_ < 0) fail_with_errno("pidfd_open");
    return child;
}

child_process child_process::start(std::vector<std::string> arguments, std::vector<std::string> environment) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) fail_with_errno("pipe2");
    child_process child = start_on(std::move(arguments), std::move(environment), ends[1]);
    child.output_ = ends[0];
    ::fcntl(child.output_, F_SETFL, O_NONBLOCK);
    return child;
}

child_process child_process::start_logging(std::vector<std::string> arguments, const std::string& log_file) {
    const int file = ::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) fail_with_errno(log_file.c_str());
    return start_on(std::move(arguments), {}, file);
}

child_process::child_process(child_process&& other) noexcept {
    *this = std::move(other);
}

child_process& child_process::operator=(child_process&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(pidfd_, other.pidfd_);
    std::swap(output_, other.output_);
    std::swap(pending_, other.pending_);
    std::swap(exit_code_, other.exit_code_);
    std::swap(dumped_core_, other.dumped_core_);
    return *this;
}

child_process::~child_process() {
    if (pid_ > 0 && !exit_code_) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    if (pidfd_ >= 0) ::close(pidfd_);
    if (output_ >= 0) ::close(output_);
}

void child_process::signal(int number) const {
    if (!exit_code_) ::kill(pid_, number);
}

std::optional<int> child_process::wait(std::chrono::milliseconds limit) {
    const auto deadline = deadline_clock::now() + limit;
    while (!exit_code_) {
        // A child that fills its pipe would never end: its output is read while waiting.
        const bool open = fill();
        if (!wait_readable(pidfd_,
                           std::min(deadline, deadline_clock::now() + std::chrono::milliseconds(open ? 20 : 1000)))) {
            if (deadline_clock::now() >= deadline) return std::nullopt;
            continue;
        }
        int status = 0;
        if (::waitpid(pid_, &status, 0) != pid_) fail_with_errno("waitpid");
        dumped_core_ = WIFSIGNALED(status) && WCOREDUMP(status);
        exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    fill();
    return exit_code_;
}

bool child_process::fill() {
    if (output_ < 0) return false;
    char chunk[16 * 1024];
    for (;;) {
        const ssize_t got = ::read(output_, chunk, sizeof chunk);
        if (got > 0) {
            pending_.append(chunk, static_cast<std::size_t>(got));
        } else if (got == 0) {
            return false;
        } else if (errno != EINTR) {
            return errno == EAGAIN;
        }
    }
}

std::optional<std::string> child_process::read_line(std::chrono::milliseconds limit) {
    const auto deadline = deadline_clock::now() + limit;
    for (;;) {
        if (auto line = take_line(pending_)) return line;
        if (output_ < 0 || !wait_readable(output_, deadline)) return std::nullopt;
        if (!fill()) return take_line(pending_);
    }
}

std::vector<std::string> child_process::lines_so_far() {
    fill();
    std::vector<std::string> out;
    while (auto line = take_line(pending_)) out.push_back(std::move(*line));
    return out;
}

finished_process run_process(std::vector<std::string> arguments, std::chrono::milliseconds limit,
                             std::vector<std::string> environment) {
    const std::string name = arguments.at(0);
    child_process child = child_process::start(std::move(arguments), std::move(environment));
    const auto code = child.wait(limit);
    if (!code) throw std::runtime_error(fmt::format("{} has not ended within {} ms", name, limit.count()));
    finished_process out{.exit_code = *code, .output = {}};
    for (const std::string& line : child.lines_so_far()) out.output += line + '\n';
    return out;
}

}  // namespace lockhub::simulators
