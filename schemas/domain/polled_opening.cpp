#include "schemas/domain/polled_opening.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "schemas/wire/digest.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub {

namespace {

// Each part with its length, so that no two openings can write the same text.
void add_part(std::string& text, std::string_view part) {
    text += fmt::format("{}:", part.size());
    text += part;
}

}  // namespace

parsed_push push_of(const account_id& account, std::string_view lock_uuid, const reported_opening& opening) {
    lock_event event;
    event.kind = event_kind::opened;
    event.vendor_name = polled_opening_name;
    event.device_uuid = lock_uuid;
    event.occurred_at = opening.occurred_at;
    event.source = opening.source;
    event.source_id = opening.source_id;
    event.source_name = opening.source_name;

    parsed_push out;
    out.name = polled_opening_name;
    out.device_uuid = lock_uuid;
    out.key.order = to_unix_ms(opening.occurred_at);
    std::string content;
    add_part(content, account.value);
    add_part(content, polled_opening_name);
    add_part(content, lock_uuid);
    add_part(content, std::to_string(out.key.order));
    add_part(content, opening.source_id);
    add_part(content, std::to_string(opening.source));
    const auto digest = wire::sha256({content});
    std::copy_n(digest.begin(), out.key.hash.size(), out.key.hash.begin());
    out.content = std::vector{std::move(event)};
    return out;
}

std::string body_of(std::string_view lock_uuid, const reported_opening& opening) {
    wire::json_writer out;
    out.begin_object().member("lock", lock_uuid).member("opentime", format_china_time(opening.occurred_at));
    out.member("opener", opening.source_id).member("source", opening.source);
    out.member("source_name", opening.source_name).end_object();
    return out.take();
}

}  // namespace lockhub
