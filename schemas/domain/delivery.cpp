#include "schemas/domain/delivery.hpp"

#include "schemas/core/name_table.hpp"

namespace lockhub {

namespace {

// Each table in the order of its enumeration.
constexpr name_table<delivery_state, delivery_state::discarded> states{
    {"ready", "queued", "leased", "held", "delivered", "dead", "discarded"}};
constexpr name_table<delivery_kind, delivery_kind::event> kinds{
    {"password_result", "make_card_result", "query_card_result", "return_card_result", "event"}};
constexpr name_table<error_class, error_class::interrupted> classes{
    {"none", "refused_by_pms", "http_3xx", "http_4xx", "http_429", "http_5xx", "timeout", "dns", "tls",
     "connection_refused", "connection_lost", "address_forbidden", "response_too_large", "bad_url", "interrupted"}};
static_assert(states.whole());
static_assert(kinds.whole());
static_assert(classes.whole());

}  // namespace

std::string_view to_string(delivery_state state) {
    return states.of(state);
}
std::optional<delivery_state> delivery_state_from(std::string_view name) {
    return states.find(name);
}

std::string_view to_string(delivery_kind kind) {
    return kinds.of(kind);
}
std::optional<delivery_kind> delivery_kind_from(std::string_view name) {
    return kinds.find(name);
}

std::string_view to_string(error_class c) {
    return classes.of(c);
}
std::optional<error_class> error_class_from(std::string_view name) {
    return classes.find(name);
}

}  // namespace lockhub
