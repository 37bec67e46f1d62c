#include "schemas/wire/absolute_url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace lockhub::wire {

std::size_t path_begin(std::string_view url, std::string_view key) {
    std::size_t authority = 0;
    if (url.starts_with("http://")) authority = 7;
    if (url.starts_with("https://")) authority = 8;
    const auto end = std::min(url.find_first_of("/?#", authority), url.size());
    const bool printable = url.find_first_of(" \t\r\n\"") == std::string_view::npos;
    if (authority == 0 || end == authority || !printable) {
        throw std::invalid_argument(fmt::format("{} \"{}\" is not an absolute http or https URL", key, url));
    }
    return end;
}

}  // namespace lockhub::wire
