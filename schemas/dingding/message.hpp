#pragma once
// A push as it stands on the wire, before anything is made of it: its top-level fields, from a JSON or a form body.
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/json_scan.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::dingding {

struct message_field {
    std::string_view name;
    wire::json_value::kind kind = wire::json_value::kind::null;
    std::string_view text;  // strings unescaped, numbers as written, containers without insignificant blanks, null ""
    const wire::json_value* value = nullptr;  // containers only
    std::size_t position = 0;

    bool is_container() const { return value != nullptr; }
};

// Kept and read again and again, so that a push costs no parser and no buffers. One thread; everything handed out lives
// until the next read. Memory stays at what the largest body (limits::push_body_bytes) needs.
class push_message {
  public:
    // Decides by Content-Type; a body that begins with '{' is JSON unless the type says otherwise. Fails with
    // invalid_input for what is neither. Where a name stands twice the last one counts, as JSON.parse has it.
    result<> read(std::string_view content_type, std::string_view body);

    const std::vector<message_field>& fields() const { return fields_; }  // sorted by name, byte by byte
    const message_field* find(std::string_view name) const;
    std::string_view text_of(std::string_view name) const;    // "" where it is absent
    std::string_view scalar_of(std::string_view name) const;  // "" where it is absent, an array or an object

  private:
    result<> read_json(std::string_view body);
    result<> read_form(std::string_view body);
    void sort_fields();

    wire::json_scan scan_;
    std::string compact_;
    wire::form form_;
    std::deque<wire::json_value> containers_;  // does not move what it holds
    std::vector<message_field> fields_;
};

}  // namespace lockhub::dingding
