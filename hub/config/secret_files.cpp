#include "hub/config/secret_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace lockhub::hub {

std::filesystem::path find_secret_file(const std::filesystem::path& named, const environment& variables) {
    if (named.empty() || named.is_absolute()) return named;
    const auto directory =
        std::ranges::find(variables, "CREDENTIALS_DIRECTORY", &std::pair<std::string, std::string>::first);
    if (directory == variables.end() || directory->second.empty()) return named;
    const auto candidate = std::filesystem::path(directory->second) / named;
    std::error_code ec;
    return std::filesystem::exists(candidate, ec) ? candidate : named;
}

result<secret> read_secret_file(const std::filesystem::path& file) {
    const auto refuse = [&](std::string_view why) {
        return fail(errc::invalid_input, fmt::format("secret file {} {}", file.string(), why));
    };
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return refuse(fmt::format("cannot be read: {}", std::generic_category().message(errno)));
    std::string text(limits::secret_file_bytes + 1, '\0');
    std::size_t got = 0;
    ssize_t n = 0;
    while (got < text.size() && (n = ::read(fd, text.data() + got, text.size() - got)) > 0)
        got += static_cast<std::size_t>(n);
    const int read_error = n < 0 ? errno : 0;
    ::close(fd);
    if (read_error != 0) return refuse(fmt::format("cannot be read: {}", std::generic_category().message(read_error)));
    if (got > limits::secret_file_bytes)
        return refuse(fmt::format("is larger than {} bytes", limits::secret_file_bytes));
    text.resize(got);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    if (text.empty()) return refuse("is empty");
    return secret(std::move(text));
}

result<> check_readable(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(errc::invalid_input,
                    fmt::format("{} cannot be read: {}", file.string(), std::generic_category().message(errno)));
    ::close(fd);
    return {};
}

bool readable_by_others(const std::filesystem::path& file) {
    struct stat status{};
    return ::stat(file.c_str(), &status) == 0 && (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

}  // namespace lockhub::hub
