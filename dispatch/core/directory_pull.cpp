#include "dispatch/core/directory_pull.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "dispatch/core/assure.hpp"
#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

using quhuhu::directory_service;

const std::string& directory_pull::url() const {
    switch (asking_) {
        case directory_service::hotels:
            return source_.hotels_url;
        case directory_service::room_types:
            return source_.room_types_url;
        case directory_service::rooms:
            return source_.rooms_url;
    }
    return source_.hotels_url;
}

std::unexpected<directory_failure> directory_pull::failed(std::string why, std::string_view what) const {
    return std::unexpected(directory_failure{std::move(why), fmt::format("{}: {}", to_string(asking_), what)});
}

std::optional<wire::http_request> directory_pull::next() const {
    if (ended_) return std::nullopt;
    quhuhu::directory_question question;
    if (!left_.empty()) {
        for (std::size_t i = left_.back().begin; i < left_.back().end; ++i)
            question.hotels.push_back(hotels_[i].hotel_no);
    }
    wire::http_request request;
    request.method = "POST";
    request.url = url();
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    request.body = directory_form(question, source_.pms, source_.key);
    return request;
}

std::expected<void, directory_failure> directory_pull::take(const transport_result& answer) {
    assure(!ended_, "an answer comes to a call that was made");
    ++calls_;
    if (answer) return take_answer(*answer);
    if (answer.error().why == error_class::response_too_large && halve()) return {};
    return failed(std::string(to_string(answer.error().why)), answer.error().message);
}

std::expected<void, directory_failure> directory_pull::take_answer(const wire::http_response& response) {
    // A PMS that ignores `hotelNos` tells of all its hotels each time: only those asked for count.
    const auto keep = [&](auto&& told, auto& into) -> std::expected<void, directory_failure> {
        if (!told) return failed(std::string(to_string(told.error().why)), told.error().message);
        for (auto& one : *told) {
            if (asked_for(one.hotel_no)) into.push_back(std::move(one));
        }
        if (into.size() > limits::directory_rows)
            return failed("too_large", fmt::format("more than {} are not taken", limits::directory_rows));
        left_.pop_back();
        go_on();
        return {};
    };
    switch (asking_) {
        case directory_service::hotels: {
            auto told = quhuhu::read_hotels(response);
            if (!told) return failed(std::string(to_string(told.error().why)), told.error().message);
            return take_hotels(*std::move(told));
        }
        case directory_service::room_types:
            return keep(quhuhu::read_room_types(response), room_types_);
        case directory_service::rooms:
            return keep(quhuhu::read_rooms(response), rooms_);
    }
    return {};
}

std::expected<void, directory_failure> directory_pull::take_hotels(std::vector<quhuhu::pms_hotel> told) {
    if (told.size() > limits::directory_hotels)
        return failed("too_large",
                      fmt::format("the PMS has {}, at most {} are taken", told.size(), limits::directory_hotels));
    std::map<std::string, std::string> names;
    for (auto& hotel : told) {
        const auto [earlier, fresh] = names.emplace(hotel.hotel_no, hotel.name);
        if (!fresh && earlier->second != hotel.name)
            return failed("invalid", fmt::format("hotel {} is there twice, as {} and as {}", hotel.hotel_no,
                                                 earlier->second, hotel.name));
        if (fresh) hotels_.push_back(std::move(hotel));
    }
    go_on();
    return {};
}

// To the next batch, the next service, or the end.
void directory_pull::go_on() {
    if (!left_.empty()) return;
    if (asking_ == directory_service::rooms || hotels_.empty()) {
        ended_ = true;
        return;
    }
    asking_ = asking_ == directory_service::hotels ? directory_service::room_types : directory_service::rooms;
    plan_batches();
}

void directory_pull::plan_batches() {
    for (std::size_t begin = 0; begin < hotels_.size(); begin += limits::directory_hotels_per_call)
        left_.push_back({begin, std::min(begin + limits::directory_hotels_per_call, hotels_.size())});
    std::ranges::reverse(left_);
}

bool directory_pull::halve() {
    if (left_.empty() || left_.back().end - left_.back().begin < 2) return false;
    const batch whole = left_.back();
    const std::size_t middle = whole.begin + (whole.end - whole.begin) / 2;
    left_.back().begin = middle;
    left_.push_back({whole.begin, middle});
    return true;
}

bool directory_pull::asked_for(const std::string& hotel_no) const {
    const auto first = hotels_.begin();
    const auto begin = first + static_cast<std::ptrdiff_t>(left_.back().begin);
    const auto end = first + static_cast<std::ptrdiff_t>(left_.back().end);
    return std::find_if(begin, end, [&](const auto& hotel) { return hotel.hotel_no == hotel_no; }) != end;
}

directory_outcome directory_pull::finish() {
    assure(ended_, "a pull is finished when everything has been told");
    auto rows = directory_rows(source_.pms, hotels_, room_types_, rooms_);
    if (!rows) return failed(rows.error().code == errc::too_large ? "too_large" : "invalid", rows.error().message);
    pulled_directory all;
    all.hotels = hotels_.size();
    all.room_types = room_types_.size();
    all.calls = calls_;
    all.rows = *std::move(rows);
    std::set<std::string_view> with_rooms;
    for (const auto& row : all.rows) with_rooms.insert(row.hotel_no);
    for (const auto& hotel : hotels_) {
        if (!with_rooms.contains(hotel.hotel_no)) all.hotels_without_rooms.push_back(hotel.hotel_no);
    }
    return all;
}

}  // namespace lockhub::dispatch
