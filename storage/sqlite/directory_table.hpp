#pragma once
// hotels, room_types, rooms and room_locks: the directory.
#include <optional>
#include <string>
#include <vector>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

inline constexpr std::string_view password_service = "password";
inline constexpr std::string_view card_service = "card";

// A room as callbacks name it.
struct room_place {
    std::int64_t room_row = 0;
    std::int64_t hotel_row = 0;
    std::string pms;
    std::string hotel;
    std::string room;

    bool operator==(const room_place&) const = default;
};

struct room_attributes {
    std::int64_t room_row = 0;
    std::int64_t room_type_row = 0;
    std::string room_no;
    std::string floor_no;

    bool operator==(const room_attributes&) const = default;
};

class directory_table {
  public:
    explicit directory_table(database& db);

    std::optional<room_place> find_room(std::string_view pms, std::string_view hotel, std::string_view room);
    room_place room_at(std::int64_t room_row);
    // Rooms a lock serves, each once.
    std::vector<room_place> rooms_of_lock(std::int64_t lock_row);
    std::optional<std::int64_t> lock_of_room(std::int64_t room_row, std::string_view service);
    // The room of this hotel whose cards the lock takes; else the one whose passwords it takes.
    std::optional<room_place> room_of_card(std::int64_t lock_row, std::int64_t hotel_row);
    std::optional<std::int64_t> find_hotel(std::string_view pms, std::string_view hotel);

    struct saved {
        std::int64_t row = 0;
        bool added = false;
        std::optional<std::string> name_before{};  // it was renamed
    };
    saved save_hotel(std::string_view pms, std::string_view hotel, std::string_view name);
    saved save_room_type(std::int64_t hotel_row, std::string_view code, std::string_view name);
    std::optional<room_attributes> room_attributes_of(std::int64_t hotel_row, std::string_view room);
    std::string room_type_code(std::int64_t room_type_row);
    struct listed_room {
        std::int64_t room_row = 0;
        std::string room;
        std::string room_no;
    };
    std::vector<listed_room> rooms_of_hotel(std::int64_t hotel_row);
    std::int64_t add_room(std::int64_t hotel_row, std::string_view room, const room_attributes& attributes);
    void update_room(const room_attributes& attributes);

    void bind(std::int64_t room_row, std::string_view service, std::int64_t lock_row);
    bool unbind(std::int64_t room_row, std::string_view service);
    std::vector<room_place> rooms_of_lock(std::int64_t lock_row, std::string_view service);

  private:
    database& db_;
    statement find_room_;
    statement room_at_;
    statement rooms_of_lock_;
    statement lock_of_room_;
    statement room_of_card_;
    statement find_hotel_;
    statement add_hotel_;
    statement rename_hotel_;
    statement find_room_type_;
    statement add_room_type_;
    statement rename_room_type_;
    statement room_attributes_;
    statement room_type_code_;
    statement rooms_of_hotel_;
    statement add_room_;
    statement update_room_;
    statement bind_;
    statement unbind_;
    statement rooms_of_lock_by_service_;
};

}  // namespace lockhub::storage::sqlite
