// Reading the answers of the three directory services.
#include <fmt/format.h>

#include <iterator>

#include "schemas/core/limits.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/quhuhu/pms_answer.hpp"
#include "schemas/quhuhu/pms_directory.hpp"
#include "schemas/wire/json_check.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::quhuhu {

namespace {

using wire::json_value;
using kind = json_value::kind;

std::unexpected<directory_refusal> refuse(std::string message, error_class why = error_class::refused_by_pms) {
    return std::unexpected(directory_refusal{why, std::move(message)});
}

std::string broken_json(std::string_view body, const error& why) {
    const auto fault = wire::find_json_fault(body);
    return fault ? "the answer is not JSON: " + fault->text() : why.message;
}

// The answer as an object that says code 0.
std::expected<json_value, directory_refusal> read_answer(const wire::http_response& response) {
    const auto body = without_byte_order_mark(response.body);
    auto answer = json_value::parse(body);
    const bool is_object = answer && answer->is_object();
    if (response.status < 200 || response.status > 299) {
        const auto text = is_object ? message_of(*answer) : std::string();
        return refuse(fmt::format("HTTP {}{}{}", response.status, text.empty() ? "" : ": ", text),
                      class_of_status(response.status));
    }
    if (body.empty()) return refuse("the answer is empty");
    if (!answer) return refuse(broken_json(body, answer.error()));
    if (!is_object) return refuse("the answer is no JSON object");
    const auto* code = answer->find("code");
    if (code == nullptr) return refuse("the answer has no code");
    if (!says_done(*code)) return refuse(refusal_text(*code, message_of(*answer)));
    return *std::move(answer);
}

// Where in the answer something stands: "data[3].roomTypeList[0]".
struct place {
    std::string text;

    place item(std::size_t index) const { return {fmt::format("{}[{}]", text, index)}; }
    place member(std::string_view name) const { return {fmt::format("{}.{}", text, name)}; }
};

// Runs `read` for each object of a list. What is absent or null is an empty list, and one object stands for a list of
// one.
template <class Read>
std::expected<void, directory_refusal> for_each_object(const json_value* list, const place& at, Read read) {
    if (list == nullptr || list->type() == kind::null) return {};
    if (list->is_object()) return read(*list, at);
    if (!list->is_array()) return refuse(fmt::format("{} must be a list of objects", at.text));
    for (std::size_t i = 0; i < list->items().size(); ++i) {
        const auto& item = list->items()[i];
        if (!item.is_object()) return refuse(fmt::format("{} must be an object", at.item(i).text));
        if (auto done = read(item, at.item(i)); !done) return done;
    }
    return {};
}

std::expected<std::string, directory_refusal> read_text(const json_value& object, std::string_view name,
                                                        const place& at) {
    const auto* member = object.find(name);
    if (member == nullptr || member->type() == kind::null) return std::string();
    if (member->type() != kind::string && member->type() != kind::number)
        return refuse(fmt::format("{} must be a text", at.member(name).text));
    return member->text();
}

std::expected<std::string, directory_refusal> read_id(const json_value& object, std::string_view name, const place& at,
                                                      bool required) {
    auto text = read_text(object, name, at);
    if (!text) return text;
    if (required && text->empty()) return refuse(fmt::format("{} is missing or empty", at.member(name).text));
    if (text->size() > limits::id_bytes)
        return refuse(fmt::format("{} is longer than {} bytes", at.member(name).text, limits::id_bytes));
    return text;
}

// An id that requests name in comma lists.
std::expected<std::string, directory_refusal> read_code(const json_value& object, std::string_view name,
                                                        const place& at) {
    auto text = read_id(object, name, at, true);
    if (text && text->find_first_of(",|") != std::string::npos)
        return refuse(fmt::format("{} has a ',' or '|' in it, which separate codes in requests", at.member(name).text));
    return text;
}

std::expected<std::string, directory_refusal> read_name(const json_value& object, std::string_view name,
                                                        const place& at) {
    auto text = read_text(object, name, at);
    if (!text) return text;
    return std::string(clip_utf8(*text, limits::name_bytes));
}

std::expected<void, directory_refusal> read_hotel(const json_value& item, const place& at,
                                                  std::vector<pms_hotel>& into) {
    auto hotel_no = read_code(item, "hotelNo", at);
    if (!hotel_no) return std::unexpected(hotel_no.error());
    auto name = read_name(item, "hotelName", at);
    if (!name) return std::unexpected(name.error());
    into.push_back({*std::move(hotel_no), *std::move(name)});
    return {};
}

std::expected<void, directory_refusal> read_room_type(const json_value& item, const place& at,
                                                      const std::string& hotel_no, std::vector<pms_room_type>& into) {
    auto code = read_code(item, "roomTypeCode", at);
    if (!code) return std::unexpected(code.error());
    auto name = read_name(item, "roomTypeName", at);
    if (!name) return std::unexpected(name.error());
    into.push_back({hotel_no, *std::move(code), *std::move(name)});
    return {};
}

std::expected<void, directory_refusal> read_room(const json_value& item, const place& at, pms_room room,
                                                 std::vector<pms_room>& into) {
    auto id = read_id(item, "roomId", at, true);
    if (!id) return std::unexpected(id.error());
    auto number = read_id(item, "roomNo", at, false);
    if (!number) return std::unexpected(number.error());
    auto floor = read_id(item, "floorNo", at, false);
    if (!floor) return std::unexpected(floor.error());
    room.room_id = *std::move(id);
    room.room_no = *std::move(number);
    room.floor_no = *std::move(floor);
    into.push_back(std::move(room));
    return {};
}

// Runs `read` for each room type of each hotel of the answer.
template <class T, class Read>
directory_answer<T> read_by_room_type(const wire::http_response& response, Read read) {
    const auto answer = read_answer(response);
    if (!answer) return std::unexpected(answer.error());
    std::vector<T> all;
    auto done = for_each_object(
        answer->find("data"), {"data"},
        [&](const json_value& hotel, const place& at) -> std::expected<void, directory_refusal> {
            const auto hotel_no = read_code(hotel, "hotelNo", at);
            if (!hotel_no) return std::unexpected(hotel_no.error());
            return for_each_object(
                hotel.find("roomTypeList"), at.member("roomTypeList"),
                [&](const json_value& type, const place& at_type) { return read(type, at_type, *hotel_no, all); });
        });
    if (!done) return std::unexpected(std::move(done.error()));
    return all;
}

}  // namespace

directory_answer<pms_hotel> read_hotels(const wire::http_response& response) {
    const auto answer = read_answer(response);
    if (!answer) return std::unexpected(answer.error());
    std::vector<pms_hotel> hotels;
    auto done = for_each_object(answer->find("data"), {"data"},
                                [&](const json_value& item, const place& at) { return read_hotel(item, at, hotels); });
    if (!done) return std::unexpected(std::move(done.error()));
    return hotels;
}

directory_answer<pms_room_type> read_room_types(const wire::http_response& response) {
    return read_by_room_type<pms_room_type>(response, read_room_type);
}

directory_answer<pms_room> read_rooms(const wire::http_response& response) {
    return read_by_room_type<pms_room>(
        response,
        [](const json_value& type, const place& at, const std::string& hotel_no,
           std::vector<pms_room>& into) -> std::expected<void, directory_refusal> {
            auto code = read_code(type, "roomTypeCode", at);
            if (!code) return std::unexpected(code.error());
            pms_room room{
                .hotel_no = hotel_no, .room_type_code = *std::move(code), .room_id = {}, .room_no = {}, .floor_no = {}};
            return for_each_object(
                type.find("roomList"), at.member("roomList"),
                [&](const json_value& item, const place& at_room) { return read_room(item, at_room, room, into); });
        });
}

}  // namespace lockhub::quhuhu
