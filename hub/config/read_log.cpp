#include <array>

#include "hub/config/sections.hpp"

namespace lockhub::hub {

void read_log(const setting& table, log_config& into, findings& found) {
    static constexpr std::array<std::string_view, 4> levels{"debug", "info", "warn", "error"};
    static constexpr std::array<std::string_view, 3> formats{"auto", "text", "json"};
    section in(table, "[log]", found.problems);
    read_word(in, "level", levels, into.level);
    read_word(in, "format", formats, into.format);
    in.read("core_dumps", into.core_dumps);
    in.finish();
}

}  // namespace lockhub::hub
