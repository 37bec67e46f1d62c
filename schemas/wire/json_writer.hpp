#pragma once
// Writes JSON text. The caller keeps the order of calls right; assertions that stay on catch a key without a value
// and an end without a begin. Keys and values must be UTF-8; control characters, quotes and backslashes are escaped.
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace lockhub::wire {

class json_writer {
  public:
    json_writer& begin_object();
    json_writer& end_object();
    json_writer& begin_array();
    json_writer& end_array();
    json_writer& key(std::string_view name);
    json_writer& value(std::string_view text);
    json_writer& value(const char* text) { return value(std::string_view(text)); }
    json_writer& value(bool flag);
    template <std::integral Integer>
    json_writer& value(Integer number) {
        return integer(static_cast<std::int64_t>(number));
    }
    json_writer& null();
    json_writer& raw(std::string_view json);  // already JSON

    template <class T>
    json_writer& member(std::string_view name, const T& v) {
        key(name);
        return value(v);
    }

    const std::string& text() const { return out_; }
    std::string take() { return std::move(out_); }

  private:
    json_writer& integer(std::int64_t number);
    void separate();
    std::string out_;
    std::string stack_;  // '{' or '[' for each open level
    bool need_comma_ = false;
    bool after_key_ = false;
};

void append_json_string(std::string& out, std::string_view text);  // with the quotes

}  // namespace lockhub::wire
