#pragma once
// The eight methods of document 004 as requests: forms for what changes something, a query for what reads. URLs of
// reading calls carry the call's token, bodies of generate_password a PIN: neither is for logs.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/yeeuu/signature.hpp"

namespace lockhub::yeeuu {

enum class door_type { entrance = 1, inner = 2 };

struct door_name {
    std::string code;   // of the apartment (房源编码)
    std::string inner;  // the door inside it; "" is its entrance
};

// "code" or "code/door".
door_name read_door(std::string_view lock_uuid);

struct place {
    std::string building_id;
    door_name door;
};

// An entry of synchronize_apartments.
struct apartment {
    std::string building_id{}, building_name{}, building_no{};
    std::string city_id{}, district_id{}, province_id{};
    std::string code{}, door{};
    door_type type = door_type::entrance;  // of `door`: an entrance may have a name too
    std::string name{}, unit{};
};

// Who may open a door, and how long.
struct grant {
    time_point from{};
    time_point until{};
    std::string author;
    std::string holder_name;
    std::string holder_mobile;
};

// Pages are counted from 1.
struct page_of_log {
    std::size_t number = 1;
    std::size_t size = 0;
};

wire::http_request synchronize_apartments(const account_settings& settings, const signing& how,
                                          const std::vector<apartment>& apartments);
wire::http_request auth(const account_settings& settings, const signing& how, const place& where, const grant& what);
wire::http_request delete_auth(const account_settings& settings, const signing& how, const place& where,
                               std::string_view holder_mobile);
wire::http_request remote_action(const account_settings& settings, const signing& how, const place& where,
                                 std::string_view operator_mobile);
wire::http_request generate_password(const account_settings& settings, const signing& how, const place& where,
                                     const grant& what, const secret& pin);
wire::http_request remove_password(const account_settings& settings, const signing& how, const place& where,
                                   std::string_view holder_mobile);
wire::http_request get_device_logs(const account_settings& settings, const signing& how, const door_name& door,
                                   const page_of_log& page);
wire::http_request get_device_logs_page_count(const account_settings& settings, const signing& how,
                                              const door_name& door, const page_of_log& page);

// Any of them: a form by POST, or a query by GET. `code` names the apartment in the path; synchronize_apartments, which
// is about many, has none.
wire::http_request make_request(const account_settings& settings, const signing& how, std::string_view http_method,
                                std::string_view method, std::string_view code, const wire::form& parameters);

}  // namespace lockhub::yeeuu
