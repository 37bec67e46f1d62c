#include "hub/system/system_entropy.hpp"

#include <sys/random.h>

#include <cerrno>
#include <system_error>

namespace lockhub::hub {

void system_entropy::fill(std::span<std::byte> out) {
    while (!out.empty()) {
        const ssize_t got = ::getrandom(out.data(), out.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw std::system_error(errno, std::generic_category(), "getrandom");
        out = out.subspan(static_cast<std::size_t>(got));
    }
}

}  // namespace lockhub::hub
