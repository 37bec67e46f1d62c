#pragma once
// The JSON body of a 丁盯 push, with its `sign`. Members keep the order they are added in.
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/simulators/signatures.hpp"

namespace lockhub::simulators {

class push_body {
  public:
    push_body& text(std::string_view name, std::string_view value);
    push_body& number(std::string_view name, std::int64_t value);
    push_body& null(std::string_view name);
    push_body& json(std::string_view name, std::string_view compact_json);  // an object or array

    // `style`: "right", "wrong" (a well-formed sign that does not fit) or "none" (as V1.6 pushed).
    std::string finish(std::string_view registered_url, std::string_view style) const;

  private:
    void member(std::string_view name, std::string_view as_json, std::string_view as_signed);

    std::string members_;
    text_fields signed_;
};

std::string quoted(std::string_view text);  // a JSON string; UTF-8 stays as it is

}  // namespace lockhub::simulators
