#include "schemas/wire/json_print.hpp"

#include "schemas/wire/json_writer.hpp"

namespace lockhub::wire {

namespace {

struct printer {
    bool with_lines = false;
    std::string out{};

    void begin_line(std::size_t depth) {
        if (!with_lines) return;
        out += '\n';
        out.append(2 * depth, ' ');
    }

    void print_members(const json_value& value, std::size_t depth) {
        bool first = true;
        for (const auto& [name, member] : value.members()) {
            if (!first) out += ',';
            first = false;
            begin_line(depth + 1);
            append_json_string(out, name);
            out += with_lines ? ": " : ":";
            print(member, depth + 1);
        }
        if (!first) begin_line(depth);
    }

    void print_items(const json_value& value, std::size_t depth) {
        bool first = true;
        for (const auto& item : value.items()) {
            if (!first) out += ',';
            first = false;
            begin_line(depth + 1);
            print(item, depth + 1);
        }
        if (!first) begin_line(depth);
    }

    void print(const json_value& value, std::size_t depth) {
        switch (value.type()) {
            case json_value::kind::object:
                out += '{';
                print_members(value, depth);
                out += '}';
                break;
            case json_value::kind::array:
                out += '[';
                print_items(value, depth);
                out += ']';
                break;
            case json_value::kind::string:
                append_json_string(out, value.text());
                break;
            case json_value::kind::null:
                out += "null";
                break;
            default:
                out += value.text();
        }
    }
};

}  // namespace

std::string compact(const json_value& value) {
    printer to{.with_lines = false};
    to.print(value, 0);
    return std::move(to.out);
}

std::string indented(const json_value& value) {
    printer to{.with_lines = true};
    to.print(value, 0);
    return std::move(to.out);
}

}  // namespace lockhub::wire
