#include "storage/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace lockhub::storage::sqlite {

namespace {

std::string read_holder(int descriptor) {
    char text[32] = {};
    const auto length = ::pread(descriptor, text, sizeof text - 1, 0);
    return length > 0 ? fmt::format(" (process {})", std::string(text, static_cast<std::size_t>(length)))
                      : std::string();
}

void write_holder(int descriptor) {
    const auto text = fmt::format("{}", ::getpid());
    // For the message another process prints, nothing more: a failure here changes nothing.
    [[maybe_unused]] const bool written =
        ::ftruncate(descriptor, 0) == 0 && ::pwrite(descriptor, text.data(), text.size(), 0) > 0;
}

}  // namespace

lock_file::lock_file(const std::filesystem::path& database) {
    const auto path = database.string() + ".lock";
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0) throw std::runtime_error(fmt::format("{}: {}", path, std::strerror(errno)));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const auto holder = read_holder(descriptor_);
        ::close(descriptor_);
        throw std::runtime_error(fmt::format("{}: another hub{} is using this database", database.string(), holder));
    }
    write_holder(descriptor_);
}

lock_file::~lock_file() {
    ::close(descriptor_);
}

}  // namespace lockhub::storage::sqlite
