// Any bytes as a directory file: what is read, written and read again is the same.
#include <cstdint>

#include "schemas/core/limits.hpp"
#include "schemas/domain/directory.hpp"
#include "tests/fuzz/require.hpp"

using namespace lockhub;
using lockhub::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto rows = parse_directory_csv({reinterpret_cast<const char*>(data), size});
    if (!rows) {
        require(!rows.error().message.empty(), "a refusal says where and why");
        return 0;
    }
    require(rows->size() <= limits::directory_rows, "rows are bounded");
    const auto again = parse_directory_csv(write_directory_csv(*rows));
    require(again && *again == *rows, "a written directory reads back the same");
    return 0;
}
