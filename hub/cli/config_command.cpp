#include <fmt/format.h>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/config/config.hpp"

namespace lockhub::hub {

printed config_check(const common_options& common) {
    const auto file = find_config(common);
    if (file.empty()) return failure(exit_code::bad_usage, "name a configuration file: lockhub config check FILE");
    const auto loaded = load_config(file);
    printed out;
    if (!loaded) {
        for (const auto& problem : loaded.error()) out.err += problem.text() + "\n";
        const auto count = loaded.error().size();
        out.err += fmt::format("lockhub: {} has {} problem{}\n", file.string(), count, count == 1 ? "" : "s");
        out.code = exit_code::bad_usage;
        return out;
    }
    for (const auto& warning : loaded->warnings) out.err += "warning: " + warning.text() + "\n";
    out.out = fmt::format("{} is good: {} lock cloud account(s), {} PMS system(s)\n", file.string(),
                          loaded->dingding.size() + loaded->gateway.size() + loaded->yeeuu.size(), loaded->pms.size());
    return out;
}

printed config_default() {
    return {.code = exit_code::ok, .out = std::string(default_config_text()), .err = {}};
}

}  // namespace lockhub::hub
