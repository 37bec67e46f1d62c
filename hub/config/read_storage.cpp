#include <fmt/format.h>

#include "hub/config/secret_files.hpp"
#include "hub/config/sections.hpp"

namespace lockhub::hub {

void read_storage(const setting& table, storage_config& into, findings& found) {
    using namespace std::chrono_literals;
    section in(table, "[storage]", found.problems);
    in.read("path", into.path);
    if (!into.path.has_filename()) in.problem("path", "'path' must name the database file, not a folder");
    in.read("seal_key_file", into.seal_key_file);
    into.seal_key_file = find_secret_file(into.seal_key_file, found.variables);
    if (in.read("retention", into.retention, 0s, 24h * 3650) && into.retention != 0s && into.retention < 1h)
        in.problem("retention", "'retention' must be \"1h\" at least, or \"0\" to keep everything");
    in.finish();
}

}  // namespace lockhub::hub
