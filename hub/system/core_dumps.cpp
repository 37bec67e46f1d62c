#include "hub/system/core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace lockhub::hub {

bool forbid_core_dumps() {
    bool forbidden = ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    rlimit limit{};
    // A service manager may have set the limit already, and forbidden the call that sets it.
    if (::getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_max != 0) {
        limit = {.rlim_cur = 0, .rlim_max = 0};
        forbidden = ::setrlimit(RLIMIT_CORE, &limit) == 0 && forbidden;
    }
    return forbidden;
}

}  // namespace lockhub::hub
