#pragma once
// Strong ids: an action id is not a room id, even where both are text. Row ids are SQLite rowids.
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace lockhub {

template <class Tag, class Value>
struct strong_id {
    Value value{};

    strong_id() = default;
    explicit strong_id(Value v) : value(std::move(v)) {}

    auto operator<=>(const strong_id&) const = default;
};

using pms_id = strong_id<struct pms_id_tag, std::string>;          // `pmsId` of document 000
using hotel_no = strong_id<struct hotel_no_tag, std::string>;      // `hotelNo`
using room_id = strong_id<struct room_id_tag, std::string>;        // `roomId`
using action_id = strong_id<struct action_id_tag, std::string>;    // `actionId`
using account_id = strong_id<struct account_id_tag, std::string>;  // a [[dingding]] … section's `account`

using push_id = strong_id<struct push_id_tag, std::int64_t>;
using delivery_id = strong_id<struct delivery_id_tag, std::int64_t>;
using command_id = strong_id<struct command_id_tag, std::int64_t>;

}  // namespace lockhub

template <class Tag, class Value>
struct std::hash<lockhub::strong_id<Tag, Value>> {
    std::size_t operator()(const lockhub::strong_id<Tag, Value>& id) const noexcept {
        return std::hash<Value>{}(id.value);
    }
};
