#include "storage/store.hpp"

namespace lockhub::storage {

std::string_view to_string(lock_service service) {
    return service == lock_service::password ? "password" : "card";
}

std::string_view to_string(directory_difference::kind what) {
    using enum directory_difference::kind;
    switch (what) {
        case hotel_added:
            return "hotel_added";
        case hotel_renamed:
            return "hotel_renamed";
        case room_type_added:
            return "room_type_added";
        case room_type_renamed:
            return "room_type_renamed";
        case room_added:
            return "room_added";
        case room_changed:
            return "room_changed";
        case room_missing:
            return "room_missing";
        case lock_bound:
            return "lock_bound";
        case lock_unbound:
            return "lock_unbound";
    }
    return "";
}

}  // namespace lockhub::storage
