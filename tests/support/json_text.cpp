#include "tests/support/json_text.hpp"

#include "schemas/wire/json_writer.hpp"

namespace lockhub::test {

namespace {

using kind = wire::json_value::kind;

void write(wire::json_writer& out, const wire::json_value& value) {
    switch (value.type()) {
        case kind::null:
            out.null();
            return;
        case kind::boolean:
        case kind::number:
            out.raw(value.text());
            return;
        case kind::string:
            out.value(value.text());
            return;
        case kind::array:
            out.begin_array();
            for (const wire::json_value& item : value.items()) write(out, item);
            out.end_array();
            return;
        case kind::object:
            out.begin_object();
            for (const auto& [name, member] : value.members()) {
                out.key(name);
                write(out, member);
            }
            out.end_object();
            return;
    }
}

}  // namespace

std::string json_text(const wire::json_value& value) {
    wire::json_writer out;
    write(out, value);
    return out.take();
}

wire::form form_of(const wire::json_value& object) {
    wire::form out;
    for (const auto& [name, value] : object.members()) out.add(name, value.text());
    return out;
}

wire::json_value object_of(const wire::form& fields) {
    wire::json_writer out;
    out.begin_object();
    for (const auto& [name, value] : fields.fields()) out.member(name, value);
    out.end_object();
    return wire::json_value::parse(out.text()).value();
}

}  // namespace lockhub::test
