// Any bytes as JSON: what is read, written and read again is the same.
#include "schemas/wire/json_value.hpp"

#include <algorithm>
#include <cstdint>

#include "schemas/core/limits.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/wire/json_writer.hpp"
#include "tests/fuzz/require.hpp"

using namespace lockhub;
using lockhub::fuzz::require;
using wire::json_value;

namespace {

void write(wire::json_writer& out, const json_value& value) {
    switch (value.type()) {
        case json_value::kind::null:
            out.null();
            break;
        case json_value::kind::boolean:
        case json_value::kind::number:
            out.raw(value.text());
            break;
        case json_value::kind::string:
            out.value(std::string_view(value.text()));
            break;
        case json_value::kind::array:
            out.begin_array();
            for (const auto& item : value.items()) write(out, item);
            out.end_array();
            break;
        case json_value::kind::object:
            out.begin_object();
            for (const auto& [name, member] : value.members()) {
                out.key(name);
                write(out, member);
            }
            out.end_object();
            break;
    }
}

std::string written(const json_value& value) {
    wire::json_writer out;
    write(out, value);
    return out.take();
}

std::size_t depth(const json_value& value) {
    std::size_t deepest = 0;
    for (const auto& item : value.items()) deepest = std::max(deepest, depth(item));
    for (const auto& member : value.members()) deepest = std::max(deepest, depth(member.second));
    return deepest + (value.is_array() || value.is_object() ? 1 : 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto value = json_value::parse({reinterpret_cast<const char*>(data), size});
    if (!value) {
        require(value.error().code == errc::invalid_input, "text is refused as invalid input");
        require(is_utf8(value.error().message), "messages are UTF-8");
        return 0;
    }
    require(depth(*value) <= limits::json_depth, "nesting is bounded");
    const auto text = written(*value);
    require(is_utf8(text), "what was read is UTF-8");
    const auto again = json_value::parse(text);
    require(again.has_value(), "what was written reads again");
    require(written(*again) == text, "what was written reads back the same");
    return 0;
}
