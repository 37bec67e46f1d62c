#pragma once
// The three services by which a PMS tells its hotels, room types and rooms (document 000, section 六.1-3): what is
// asked, and what the answers say. Read loosely where public PMS systems are loose: `code` as "0", one object where a
// list belongs, numbers for texts, optional fields that are absent. Broken JSON and absent codes are refused, and the
// refusal names the place.
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/core/result.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/domain/delivery.hpp"
#include "schemas/domain/directory.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::quhuhu {

enum class directory_service { hotels, room_types, rooms };
std::string_view to_string(directory_service service);  // "hotels", "room types", "rooms"

// The form of a request, signed: version, pmsId and hmac (variant A) as document 000, 四.3 wants them.
struct directory_question {
    std::vector<std::string> hotels{};                           // `hotelNos`; empty: all, which hotels alone allows
    std::vector<std::vector<std::string>> room_type_codes = {};  // a list for each hotel; empty: all room types
};
std::string directory_form(const directory_question& question, const pms_id& pms, const secret& key);
// `hotelNos` and `roomTypeCodes` as the document has them ("RT1|RT2,RT9"), without what signing adds.
wire::form directory_fields(const directory_question& question);

struct pms_hotel {
    std::string hotel_no;
    std::string name;
    bool operator==(const pms_hotel&) const = default;
};
struct pms_room_type {
    std::string hotel_no;
    std::string code;
    std::string name;
    bool operator==(const pms_room_type&) const = default;
};
struct pms_room {
    std::string hotel_no;
    std::string room_type_code;
    std::string room_id;
    std::string room_no;
    std::string floor_no;
    bool operator==(const pms_room&) const = default;
};

struct directory_refusal {
    error_class why = error_class::refused_by_pms;
    std::string message;  // one sentence; a place as "line 12, column 17" or "data[3].roomTypeList[0].roomTypeCode"
};
template <class T>
using directory_answer = std::expected<std::vector<T>, directory_refusal>;

// In the order of the answer. Names are clipped to limits::name_bytes; an id that is empty, longer than
// limits::id_bytes, or could not stand in a comma list, is refused.
directory_answer<pms_hotel> read_hotels(const wire::http_response& response);
directory_answer<pms_room_type> read_room_types(const wire::http_response& response);
directory_answer<pms_room> read_rooms(const wire::http_response& response);

// The three together as rows of the directory, without locks, in the order of the rooms. A hotel or room type nobody
// named has no name; the same thing said twice counts once. Fails (invalid_input) for one room with two faces.
result<std::vector<directory_row>> directory_rows(const pms_id& pms, const std::vector<pms_hotel>& hotels,
                                                  const std::vector<pms_room_type>& room_types,
                                                  const std::vector<pms_room>& rooms);

}  // namespace lockhub::quhuhu
