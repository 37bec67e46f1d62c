#pragma once
// Answers of the simulated 丁盯 account: their frame, and the codes of document 001, section 3.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lockhub::simulators {

struct dingding_order;

inline constexpr std::int64_t duplicate = 11000, bad_parameter = 14001, no_record = 15006, no_room = 15012,
                              not_allowed = 15014;

// {"ErrNo":0,"ErrMsg":"success"} with further members, as JSON without braces.
std::string success_json(std::string_view more = {});
std::string refusal_json(std::int64_t number);  // with the document's text
std::string refusal_json(std::int64_t number, std::string_view message);

// As find_orders has it.
std::string order_json(std::string_view home_id, const dingding_order& order);

std::vector<std::string> items_of(std::string_view list);  // texts between commas

}  // namespace lockhub::simulators
