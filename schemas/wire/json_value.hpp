#pragma once
// Small reading helpers over simdjson for replies and configuration-sized documents, where values come loosely typed:
// ids as numbers or strings, codes as "0" or 0. Pushes, the hot path, are read by their codec with On-Demand directly.
// A json_value owns its text and is fully validated; lookups copy. Not for documents beyond response_body_bytes.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/core/result.hpp"

namespace lockhub::wire {

class json_value {
  public:
    enum class kind { null, boolean, number, string, array, object };

    // Fails with the byte offset or place where the text stops being JSON; nesting beyond limits::json_depth fails too.
    static result<json_value> parse(std::string_view text);

    kind type() const { return kind_; }
    bool is_object() const { return kind_ == kind::object; }
    bool is_array() const { return kind_ == kind::array; }

    // Member of that name, or nullptr. The first one where a name stands twice.
    const json_value* find(std::string_view name) const;
    const std::vector<std::pair<std::string, json_value>>& members() const { return members_; }  // objects, wire order
    const std::vector<json_value>& items() const { return items_; }                              // arrays

    // String content, or a number's or boolean's text as it stood on the wire; "" for null, arrays and objects.
    const std::string& text() const { return text_; }
    // 42, "42", 42.0 → 42. nullopt when it is no whole number of 64 bits.
    std::optional<std::int64_t> integer() const;

    // Shorthands for members: text of a member ("" when absent), integer of a member.
    std::string text_of(std::string_view name) const;
    std::optional<std::int64_t> integer_of(std::string_view name) const;

  private:
    kind kind_ = kind::null;
    std::string text_;
    std::vector<std::pair<std::string, json_value>> members_;
    std::vector<json_value> items_;
    friend struct json_value_builder;
};

}  // namespace lockhub::wire
