#include <fmt/format.h>

#include "hub/app.hpp"
#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/config/checks.hpp"
#include "hub/version.hpp"

namespace lockhub::hub {

printed serve(const common_options& common, const std::string& listen) {
    auto settings = load_settings(common);
    if (!settings) return failure(settings.error());
    if (!listen.empty()) {
        const auto address = parse_listen_address(listen);
        if (!address)
            return failure(exit_code::bad_usage, fmt::format("--listen: '{}' is no address and port", listen));
        settings->server.listen = *address;
    }
    printed out;
    out.code = run_service(*std::move(settings));
    return out;
}

printed print_version() {
    return {.code = exit_code::ok, .out = fmt::format("lockhub {}\n", version()), .err = {}};
}

}  // namespace lockhub::hub
