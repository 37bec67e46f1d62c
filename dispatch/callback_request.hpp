#pragma once
// A delivery as the HTTP request its PMS gets.
#include <string_view>

#include "dispatch/delivery_target.hpp"
#include "schemas/wire/http_message.hpp"
#include "storage/store.hpp"

namespace lockhub::dispatch {

// The target has a URL for the delivery's kind.
wire::http_request make_callback_request(const delivery_target& target, const storage::leased_delivery& delivery);

// What the payload is about, for people: the event's name, or the actionId. "" when it names neither.
std::string_view subject_of(std::string_view payload);

}  // namespace lockhub::dispatch
