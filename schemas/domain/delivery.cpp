#include "schemas/domain/delivery.hpp"

#include <array>

namespace lockhub {

namespace {

// Each table in the order of its enumeration.
constexpr std::array<std::string_view, 7> states{"ready", "queued", "leased", "held", "delivered", "dead", "discarded"};
constexpr std::array<std::string_view, 5> kinds{"password_result", "make_card_result", "query_card_result",
                                                "return_card_result", "event"};
constexpr std::array<std::string_view, 15> classes{"none",
                                                   "refused_by_pms",
                                                   "http_3xx",
                                                   "http_4xx",
                                                   "http_429",
                                                   "http_5xx",
                                                   "timeout",
                                                   "dns",
                                                   "tls",
                                                   "connection_refused",
                                                   "connection_lost",
                                                   "address_forbidden",
                                                   "response_too_large",
                                                   "bad_url",
                                                   "interrupted"};
static_assert(static_cast<std::size_t>(delivery_state::discarded) + 1 == states.size());
static_assert(static_cast<std::size_t>(delivery_kind::event) + 1 == kinds.size());
static_assert(static_cast<std::size_t>(error_class::interrupted) + 1 == classes.size());

template <class Enum, class Names>
std::optional<Enum> find(const Names& names, std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_string(delivery_state state) {
    return states.at(static_cast<std::size_t>(state));
}
std::optional<delivery_state> delivery_state_from(std::string_view name) {
    return find<delivery_state>(states, name);
}

std::string_view to_string(delivery_kind kind) {
    return kinds.at(static_cast<std::size_t>(kind));
}
std::optional<delivery_kind> delivery_kind_from(std::string_view name) {
    return find<delivery_kind>(kinds, name);
}

std::string_view to_string(error_class c) {
    return classes.at(static_cast<std::size_t>(c));
}
std::optional<error_class> error_class_from(std::string_view name) {
    return find<error_class>(classes, name);
}

}  // namespace lockhub
