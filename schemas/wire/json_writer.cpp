#include "schemas/wire/json_writer.hpp"

#include <fmt/format.h>

#include <iterator>
#include <stdexcept>

namespace lockhub::wire {

namespace {

void require(bool ok, const char* what) {
    if (!ok) throw std::logic_error(what);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20) continue;
        out.append(text, plain, i - plain);
        plain = i + 1;
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            default:
                fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
        }
    }
    out.append(text, plain, text.size() - plain);
    out += '"';
}

void json_writer::separate() {
    require(stack_.empty() || stack_.back() == '[' || after_key_, "json_writer: a value in an object needs a key");
    require(!stack_.empty() || out_.empty(), "json_writer: the document is already complete");
    if (need_comma_ && !after_key_) out_ += ',';
    after_key_ = false;
    need_comma_ = true;
}

json_writer& json_writer::begin_object() {
    separate();
    out_ += '{';
    stack_ += '{';
    need_comma_ = false;
    return *this;
}

json_writer& json_writer::end_object() {
    require(!stack_.empty() && stack_.back() == '{', "json_writer: no object to end");
    require(!after_key_, "json_writer: a key without a value");
    out_ += '}';
    stack_.pop_back();
    need_comma_ = true;
    return *this;
}

json_writer& json_writer::begin_array() {
    separate();
    out_ += '[';
    stack_ += '[';
    need_comma_ = false;
    return *this;
}

json_writer& json_writer::end_array() {
    require(!stack_.empty() && stack_.back() == '[', "json_writer: no array to end");
    out_ += ']';
    stack_.pop_back();
    need_comma_ = true;
    return *this;
}

json_writer& json_writer::key(std::string_view name) {
    require(!stack_.empty() && stack_.back() == '{', "json_writer: a key outside an object");
    require(!after_key_, "json_writer: a key without a value");
    if (need_comma_) out_ += ',';
    append_json_string(out_, name);
    out_ += ':';
    after_key_ = true;
    return *this;
}

json_writer& json_writer::value(std::string_view text) {
    separate();
    append_json_string(out_, text);
    return *this;
}

json_writer& json_writer::value(bool flag) {
    separate();
    out_ += flag ? "true" : "false";
    return *this;
}

json_writer& json_writer::integer(std::int64_t number) {
    separate();
    fmt::format_to(std::back_inserter(out_), "{}", number);
    return *this;
}

json_writer& json_writer::null() {
    separate();
    out_ += "null";
    return *this;
}

json_writer& json_writer::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

}  // namespace lockhub::wire
