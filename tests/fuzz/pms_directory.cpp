// Any bytes as a PMS's answer to the three directory services; and as JSON with a place for its first fault. The first
// byte picks the HTTP status.
#include <array>
#include <cstdint>

#include "schemas/core/limits.hpp"
#include "schemas/quhuhu/pms_directory.hpp"
#include "schemas/wire/json_check.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/fuzz/require.hpp"

using namespace lockhub;
using lockhub::fuzz::require;

namespace {

constexpr std::array statuses{200, 200, 200, 302, 404, 429, 500};

template <class T>
void check_answer(const quhuhu::directory_answer<T>& answer, int status) {
    require(answer || (!answer.error().message.empty() && answer.error().why != error_class::none),
            "a refusal has a class and says why");
    require(status == 200 || !answer, "no directory without HTTP 200");
}

void check_fault(std::string_view text) {
    const auto parsed = wire::json_value::parse(text);
    const auto fault = wire::find_json_fault(text);
    require(parsed || fault, "what cannot be parsed has a place");
    if (!fault) return;
    require(fault->line >= 1 && fault->column >= 1, "places count from 1");
    require(!fault->expected.empty() && !fault->found.empty(), "a place says what belongs there");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    wire::http_response response;
    response.status = statuses[data[0] % statuses.size()];
    response.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
    check_fault(response.body);
    const auto hotels = quhuhu::read_hotels(response);
    const auto types = quhuhu::read_room_types(response);
    const auto rooms = quhuhu::read_rooms(response);
    check_answer(hotels, response.status);
    check_answer(types, response.status);
    check_answer(rooms, response.status);
    if (!hotels || !types || !rooms) return 0;
    const auto rows = quhuhu::directory_rows(pms_id("demopms"), *hotels, *types, *rooms);
    require(!rows || rows->size() <= rooms->size(), "a room is one row at most");
    if (!rows || rows->empty()) return 0;
    // The CSV's reader holds rows to the rules of the directory.
    const auto again = parse_directory_csv(write_directory_csv(*rows));
    require(again && *again == *rows, "rows are rows of a directory");
    return 0;
}
