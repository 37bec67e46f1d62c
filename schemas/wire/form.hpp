#pragma once
// application/x-www-form-urlencoded, read leniently: a public 去呼呼 client posts the signed text itself, with raw
// blanks, colons and UTF-8 (PROTOCOLS 1.2).
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/core/result.hpp"

namespace lockhub::wire {

class form {
  public:
    using field = std::pair<std::string, std::string>;

    form() = default;
    explicit form(std::vector<field> fields) : fields_(std::move(fields)) {}

    // Fails for more than limits::form_fields fields and for text that is not UTF-8 after decoding. A '%' that begins
    // no escape stands for itself.
    static result<form> parse(std::string_view body);

    // First value of the name; nullopt when the field is absent. Names are case-sensitive.
    std::optional<std::string_view> find(std::string_view name) const;
    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    const std::vector<field>& fields() const { return fields_; }

    // Blank as '+', everything but letters, digits and "-_.*" percent-encoded: what Java's URLEncoder does.
    std::string encode() const;

  private:
    std::vector<field> fields_;
};

std::string percent_encode(std::string_view text);

}  // namespace lockhub::wire
