#pragma once
// The three services by which a PMS tells its hotels, room types and rooms (document 000, section 六.1-3). No I/O; one
// thread.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/simulators/answer.hpp"
#include "tests/simulators/fault.hpp"
#include "tests/simulators/knobs.hpp"
#include "tests/simulators/signatures.hpp"

namespace lockhub::simulators {

struct pms_directory_knobs {
    fault broken_json;  // the document's own: no comma after roomNo
    fault refuse;       // code -1
    fault html;
    fault drop;  // closes without an answer
    fault slow;  // answers after slow_ms
    duration slow_for = duration(30'000);
    std::string code = "number";
};

struct directory_call_seen {
    std::string service;  // "hotel", "roomType" or "room"
    std::string hotels;   // hotelNos as asked
    bool hmac_ok = false;
    std::string answered;  // in a word: "0", "-1", "html", "broken", "dropped", …
};

class pms_directory {
  public:
    pms_directory() = default;
    pms_directory(const pms_directory&) = delete;  // the board refers to the knobs inside
    pms_directory& operator=(const pms_directory&) = delete;

    void fill_board(knob_board& board);

    // Hotels H10086, H10087, …, each with so many rooms rm300, rm301, … of the type STD.
    void generate(std::size_t hotels, std::size_t rooms);
    // {"hotels":[{"hotelNo":…,"hotelName":…,"roomTypeList":[{"roomTypeCode":…,"roomTypeName":…,"roomList":[{"roomId":…,
    // "roomNo":…,"floorNo":…}]}]}]} replaces everything.
    result<> set(std::string_view json);
    std::string to_json() const;

    // Whether the path is one of the three, /api/{pmsId}/hotel/queryList.do and its like.
    static bool serves(std::string_view path);
    answer handle(std::string_view path, const text_fields& fields, bool hmac_ok, random_source& random);

    const std::vector<directory_call_seen>& seen() const { return seen_; }

    pms_directory_knobs knobs;

  private:
    struct room {
        std::string id, number, floor;
    };
    struct room_type {
        std::string code, name;
        std::vector<room> rooms;
    };
    struct hotel {
        std::string number, name;
        std::vector<room_type> types;
    };

    answer decide(directory_call_seen& call, const text_fields& fields, random_source& random);
    std::string tell(const directory_call_seen& call, const text_fields& fields) const;
    std::vector<const hotel*> asked_for(std::string_view numbers) const;

    std::vector<hotel> hotels_;
    std::vector<directory_call_seen> seen_;
};

}  // namespace lockhub::simulators
