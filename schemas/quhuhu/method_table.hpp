#pragma once
// The fields of each lockapi method, in the order they are checked (document 000's tables), beyond hmac, version and
// pmsId, which every method has.
#include <span>
#include <string_view>

#include "schemas/quhuhu/request.hpp"

namespace lockhub::quhuhu {

enum class field {
    hotel_no,
    room_type_codes,
    room_id,
    room_ids,
    reader_id,
    pwd,
    start_time,
    end_time,
    page_number,
    page_size,
    operator_guid,
    operator_name,
    guest_id,
    guest_name,
    mobile,
    face,
    fingerprint,
};

struct method_field {
    field what = field::hotel_no;
    std::string_view wire_name;
    status missing = status::ok;  // the code of a request without it; ok: it may be absent

    bool required() const { return missing != status::ok; }
};

struct method_description {
    method what = method::query_room_lock_info;
    std::string_view wire_name;
    std::span<const method_field> fields;
};

const method_description& describe(method m);

}  // namespace lockhub::quhuhu
