#pragma once
// When an answer means that a lock cloud, or whoever stands before it, has too much to do for now.
#include <string_view>

#include "schemas/wire/http_message.hpp"

namespace lockhub {

// HTTP 429, or 503 with Retry-After: a 503 without it may be a fault of any kind.
bool is_busy(const wire::http_response& response);

// The text of a refusal: of the whole service or of calling too often, not of one lock or reader. None of the documents
// has such a text; these are the ones such services use.
bool says_busy(std::string_view message);

}  // namespace lockhub
