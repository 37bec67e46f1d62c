#include "tests/simulators/fault.hpp"

#include <fmt/format.h>

#include <charconv>

namespace lockhub::simulators {

namespace {

double unit_interval(random_source& random) {
    return static_cast<double>(random() >> 11) * 0x1.0p-53;
}

template <class Number>
bool read_whole(std::string_view text, Number& out) {
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), out);
    return ec == std::errc{} && end == text.data() + text.size();
}

}  // namespace

bool fault::strikes(random_source& random) {
    if (chance <= 0 || times == 0) return false;
    if (chance < 1 && unit_interval(random) >= chance) return false;
    if (times > 0) --times;
    return true;
}

result<fault> fault::parse(std::string_view text) {
    const auto cross = text.find('x');
    fault out;
    const bool chance_read = read_whole(text.substr(0, cross), out.chance) && out.chance >= 0 && out.chance <= 1;
    const bool times_read =
        cross == std::string_view::npos || (read_whole(text.substr(cross + 1), out.times) && out.times >= 0);
    if (!chance_read || !times_read) {
        return fail(errc::invalid_input, fmt::format("'{}' is neither a chance from 0 to 1 nor CHANCExTIMES", text));
    }
    return out;
}

std::string fault::text() const {
    return times == for_ever ? fmt::format("{}", chance) : fmt::format("{}x{}", chance, times);
}

}  // namespace lockhub::simulators
