#include "schemas/domain/room_matching.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace lockhub {

namespace {

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(blanks) - begin + 1));
}

// The digits a name ends in, without leading zeros: what "1-301", "301" and "0301" share. Too little to bind on.
std::string last_number(std::string_view name) {
    const auto text = trimmed(name);
    const auto end = text.find_last_of("0123456789");
    if (end == std::string::npos) return {};
    auto begin = end;
    while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
    auto number = text.substr(begin, end - begin + 1);
    number.erase(0, std::min(number.find_first_not_of('0'), number.size()));
    return number.size() < 2 ? std::string() : number;
}

class matcher {
  public:
    matcher(std::span<const std::string> rooms, std::span<const std::string> devices)
        : rooms_(rooms), devices_(devices), room_done_(rooms.size()), device_done_(devices.size()) {}

    room_matching run() {
        by_key(trimmed, room_match::kind::exact);
        by_key(room_key, room_match::kind::normalised);
        by_last_number();
        std::ranges::sort(out_.matches, {}, &room_match::room);
        for (std::size_t i = 0; i < rooms_.size(); ++i)
            if (!room_done_[i]) out_.rooms_left.push_back(i);
        for (std::size_t i = 0; i < devices_.size(); ++i)
            if (!device_done_[i]) out_.devices_left.push_back(i);
        return std::move(out_);
    }

  private:
    using key_function = std::function<std::string(std::string_view)>;
    struct group {
        std::vector<std::size_t> rooms, devices;
        std::size_t all_rooms = 0, all_devices = 0;  // those that are done included
    };

    // By key, only groups in which both sides have something left to match.
    std::vector<group> groups(const key_function& key) const {
        std::map<std::string, group> by_key;
        for (std::size_t i = 0; i < rooms_.size(); ++i) {
            auto& one = by_key[key(rooms_[i])];
            ++one.all_rooms;
            if (!room_done_[i]) one.rooms.push_back(i);
        }
        for (std::size_t i = 0; i < devices_.size(); ++i) {
            auto& one = by_key[key(devices_[i])];
            ++one.all_devices;
            if (!device_done_[i]) one.devices.push_back(i);
        }
        by_key.erase("");
        std::vector<group> found;
        for (auto& [text, one] : by_key)
            if (!one.rooms.empty() && !one.devices.empty()) found.push_back(std::move(one));
        return found;
    }

    void finish(const group& one) {
        for (const auto room : one.rooms) room_done_[room] = true;
        for (const auto device : one.devices) device_done_[device] = true;
    }

    // A name that fell to another pair already still makes its key unclear for the rest.
    void by_key(const key_function& key, room_match::kind how) {
        for (auto& one : groups(key)) {
            finish(one);
            if (one.all_rooms == 1 && one.all_devices == 1)
                out_.matches.push_back({how, one.rooms[0], one.devices[0]});
            else
                out_.unclear.push_back({std::move(one.rooms), std::move(one.devices)});
        }
    }

    void by_last_number() {
        for (auto& one : groups(last_number)) {
            finish(one);
            out_.unclear.push_back({std::move(one.rooms), std::move(one.devices)});
        }
    }

    std::span<const std::string> rooms_;
    std::span<const std::string> devices_;
    std::vector<bool> room_done_;
    std::vector<bool> device_done_;
    room_matching out_;
};

}  // namespace

std::string_view to_string(room_match::kind how) {
    return how == room_match::kind::exact ? "exact" : "normalised";
}

room_matching match_rooms(std::span<const std::string> rooms, std::span<const std::string> devices) {
    return matcher(rooms, devices).run();
}

}  // namespace lockhub
