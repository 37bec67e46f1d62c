#include <fmt/format.h>

#include "hub/config/checks.hpp"
#include "hub/config/secret_files.hpp"
#include "hub/config/sections.hpp"

namespace lockhub::hub {

void read_server(const setting& table, server_config& into, findings& found) {
    section in(table, "[server]", found.problems);
    if (std::string listen; in.read("listen", listen)) {
        if (const auto address = parse_listen_address(listen)) {
            into.listen = *address;
        } else {
            in.problem("listen", fmt::format("'listen' must be an address and a port, such as \"127.0.0.1:8080\" or "
                                             "\"[::1]:8080\", not \"{}\"",
                                             listen));
        }
    }
    in.read("tls_certificate", into.tls_certificate);
    in.read("tls_key", into.tls_key);
    if (in.has("tls_certificate") && !in.has("tls_key"))
        in.problem("tls_certificate", "'tls_certificate' needs 'tls_key' beside it");
    if (in.has("tls_key") && !in.has("tls_certificate"))
        in.problem("tls_key", "'tls_key' needs 'tls_certificate' beside it");
    const auto named_key = into.tls_key;
    into.tls_certificate = find_secret_file(into.tls_certificate, found.variables);
    into.tls_key = find_secret_file(into.tls_key, found.variables);
    for (const auto& [key, file] :
         {std::pair("tls_certificate", &into.tls_certificate), std::pair("tls_key", &into.tls_key)}) {
        if (file->empty()) continue;
        if (const auto readable = check_readable(*file); !readable) in.problem(key, readable.error().message);
    }
    if (into.tls_key == named_key && readable_by_others(into.tls_key))
        found.warnings.add(in.at("tls_key"), fmt::format("{} may be read by others: chmod 600", into.tls_key.string()));
    read_networks(in, "trusted_proxies", into.trusted_proxies);
    in.read("max_connections", into.max_connections, 1, limits::connections);
    in.read("max_connections_per_address", into.max_connections_per_address, 1, limits::connections);
    in.finish();
}

}  // namespace lockhub::hub
