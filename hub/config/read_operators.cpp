#include <sys/un.h>

#include <fmt/format.h>

#include "hub/config/secret_files.hpp"
#include "hub/config/sections.hpp"

namespace lockhub::hub {

void read_operators(const setting& table, operator_config& into, findings& found) {
    section in(table, "[operator]", found.problems);
    in.read("socket", into.socket);
    // The kernel's own bound for the name of a unix socket, its closing zero included.
    if (into.socket.string().size() >= sizeof(sockaddr_un::sun_path))
        in.problem("socket", fmt::format("'socket' must be shorter than {} bytes", sizeof(sockaddr_un::sun_path)));
    in.read("token_file", into.token_file);
    into.token_file = find_secret_file(into.token_file, found.variables);
    in.finish();
}

}  // namespace lockhub::hub
