#include "hub/system/core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

using namespace lockhub;

namespace {

constexpr int said_yes = 1;
constexpr int not_dumpable = 2;
constexpr int no_core = 4;

// What holds in a child of its own after the call: the limits of this process stay as they are.
int after_forbidding() {
    const pid_t child = ::fork();
    if (child == 0) {
        const int yes = hub::forbid_core_dumps() ? said_yes : 0;
        const int dumpable = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? not_dumpable : 0;
        rlimit limit{.rlim_cur = 1, .rlim_max = 1};
        ::getrlimit(RLIMIT_CORE, &limit);
        ::_exit(yes | dumpable | (limit.rlim_cur == 0 && limit.rlim_max == 0 ? no_core : 0));
    }
    int status = 0;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    BOOST_REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(core_dumps_test)

BOOST_AUTO_TEST_CASE(the_process_cannot_be_dumped_and_no_limit_allows_a_core) {
    BOOST_TEST(::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 1);
    BOOST_TEST(after_forbidding() == (said_yes | not_dumpable | no_core));
}

BOOST_AUTO_TEST_SUITE_END()
