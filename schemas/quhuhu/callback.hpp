#pragma once
// Callbacks to the PMS (document 000, section 六.4–7, and lockhub's own events): form bodies and the verdict on the
// answer. A payload is made once, when its outbox row is inserted, and is sent byte for byte the same each time.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/ids.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/core/time.hpp"
#include "schemas/domain/delivery.hpp"
#include "schemas/domain/lock_event.hpp"

namespace lockhub::quhuhu {

// "actionId=…&code=0": 六.4 and 六.5.
std::string result_payload(std::string_view action_id, int code);

struct card_callback {
    std::string_view action_id;
    int code = 0;
    std::optional<time_point> valid_from;
    std::optional<time_point> valid_until;
    std::string_view room_id;
};
// 六.6 and 六.7: as above, then startTime where it is known, endTime and roomId, which the document wants always and
// which are empty where nobody knows them.
std::string card_payload(const card_callback& callback);

struct event_callback {
    std::string_view event_id;
    const lock_event& event;
    std::string_view hotel_no;
    std::string_view room_id;  // "" for a gateway's
    time_point occurred_at;    // of the event, or the push's arrival where the wire had none
};
// "eventId=…&event=lock.opened&hotelNo=…&roomId=…&time=2026-11-22+12:00:00&…" with the event's own fields (energy,
// source, sourceName, passwordId). Never a PIN.
std::string event_payload(const event_callback& callback);

// Appends version, pmsId and hmac (variant A) to a payload. version is "1.1.0".
std::string sign_payload(std::string_view payload, const pms_id& pms, const secret& key);

struct callback_verdict {
    bool delivered = false;
    error_class why = error_class::none;
    std::string message;  // what the PMS said, for the operator; bounded
};
// Delivered: HTTP 2xx and a JSON object whose `code` is 0 or "0". The text is `msg` or `message`.
callback_verdict judge_answer(int http_status, std::string_view body);

}  // namespace lockhub::quhuhu
