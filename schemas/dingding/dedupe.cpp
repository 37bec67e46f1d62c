#include "schemas/dingding/dedupe.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "schemas/wire/digest.hpp"

namespace lockhub::dingding {

namespace {

// Length first, so that no two lists of parts make the same text.
void append_part(std::string& out, std::string_view part) {
    for (std::uint64_t length = part.size(), i = 0; i < sizeof length; ++i) {
        out += static_cast<char>(length >> (8 * i) & 0xff);
    }
    out += part;
}

bool is_named_part(std::string_view name) {
    constexpr std::array<std::string_view, 8> named{"sign", "uuid",      "event",  "service",
                                                    "time", "serviceid", "detail", "result"};
    return std::ranges::find(named, name) != named.end();
}

}  // namespace

dedupe_key make_dedupe_key(const account_id& account, const push_message& message, bool is_result,
                           std::optional<std::int64_t> order) {
    thread_local std::string content;
    content.clear();
    append_part(content, account.value);
    append_part(content, is_result ? "result" : "event");
    append_part(content, message.text_of("uuid"));
    append_part(content, message.text_of(is_result ? "service" : "event"));
    append_part(content,
                order ? std::to_string(*order) : std::string(message.text_of(is_result ? "serviceid" : "time")));
    append_part(content, message.text_of(is_result ? "result" : "detail"));
    // Meters carry lists beside `detail`. Without a time or reference only the other fields tell two pushes apart
    // (installerSubmit: no uuid, time 0).
    for (const auto& field : message.fields()) {
        if ((order && !field.is_container()) || is_named_part(field.name)) continue;
        append_part(content, field.name);
        append_part(content, field.text);
    }
    dedupe_key key;
    key.order = order.value_or(0);
    const auto digest = wire::sha256({content});
    std::copy_n(digest.begin(), key.hash.size(), key.hash.begin());
    return key;
}

}  // namespace lockhub::dingding
