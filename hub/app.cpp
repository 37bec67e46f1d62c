#include "hub/app.hpp"

#include <unistd.h>

#include <cstdio>

#include "hub/observe/log.hpp"
#include "hub/service.hpp"
#include "hub/system/core_dumps.hpp"
#include "hub/system/system_clock.hpp"

namespace lockhub::hub {
namespace {

log::level level_from(const std::string& name) {
    if (name == "debug") return log::level::debug;
    if (name == "warn") return log::level::warn;
    if (name == "error") return log::level::error;
    return log::level::info;
}

log::format format_from(const std::string& name) {
    if (name == "auto") {
        return ::isatty(STDERR_FILENO) == 1 ? log::format::text : log::format::json;
    }
    return name == "json" ? log::format::json : log::format::text;
}

}  // namespace

int run_service(config settings) {
    static const system_clock time;
    log::configure(level_from(settings.log.level), format_from(settings.log.format), &time);
    if (!settings.log.core_dumps && !forbid_core_dumps()) {
        log::warn("service.core_dumps", "core dumps could not be forbidden: a crash may write PINs to the disk");
    }
    for (const auto& warning : settings.warnings) {
        log::warn("config.warning", warning.text());
    }
    try {
        service hub(std::move(settings), time);
        return hub.run();
    } catch (const std::exception& ex) {
        log::error("service.failed", ex.what());
        return 1;
    }
}

}  // namespace lockhub::hub
