#include "schemas/domain/directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <unordered_map>

#include "schemas/core/limits.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/domain/csv_reader.hpp"

namespace lockhub {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

struct column {
    std::string_view name;
    std::string directory_row::* value;
    std::size_t max_bytes;
    bool required;
};

constexpr std::array columns{
    column{"pms_id", &directory_row::pms_id, limits::id_bytes, true},
    column{"hotel_no", &directory_row::hotel_no, limits::id_bytes, true},
    column{"hotel_name", &directory_row::hotel_name, limits::name_bytes, false},
    column{"room_type_code", &directory_row::room_type_code, limits::id_bytes, true},
    column{"room_type_name", &directory_row::room_type_name, limits::name_bytes, false},
    column{"room_id", &directory_row::room_id, limits::id_bytes, true},
    column{"room_no", &directory_row::room_no, limits::id_bytes, false},
    column{"floor_no", &directory_row::floor_no, limits::id_bytes, false},
    column{"cloud_account", &directory_row::cloud_account, limits::id_bytes, false},
    column{"lock_uuid", &directory_row::lock_uuid, limits::id_bytes, false},
    column{"cloud_home_id", &directory_row::cloud_home_id, limits::id_bytes, false},
    column{"cloud_room_id", &directory_row::cloud_room_id, limits::id_bytes, false},
};

using column_order = std::vector<const column*>;  // of the file

std::unexpected<error> wrong_line(std::size_t line, std::string_view what) {
    return fail(errc::invalid_input, fmt::format("line {}: {}", line, what));
}

std::unexpected<error> wrong_column(std::size_t line, std::string_view name, std::string_view what) {
    return fail(errc::invalid_input, fmt::format("line {}, column {}: {}", line, name, what));
}

result<column_order> read_header(const csv_record& header) {
    column_order order;
    for (const auto& name : header.fields) {
        const auto known = std::ranges::find(columns, std::string_view(name), &column::name);
        if (known == columns.end()) {
            const auto shown = is_utf8(name) ? clip_utf8(name, 40) : std::string_view("(not UTF-8)");
            return wrong_line(header.line,
                              fmt::format("unknown column '{}'; the header is {}", shown, directory_csv_header));
        }
        if (std::ranges::find(order, &*known) != order.end()) {
            return wrong_column(header.line, name, "stands twice in the header");
        }
        order.push_back(&*known);
    }
    for (const auto& wanted : columns) {
        if (std::ranges::find(order, &wanted) == order.end()) {
            return wrong_column(header.line, wanted.name, "is missing from the header");
        }
    }
    return order;
}

std::optional<std::string> problem_of(const column& at, std::string_view value) {
    if (!is_utf8(value)) return "is not UTF-8; save the file as UTF-8";
    if (value.empty()) return at.required ? std::optional<std::string>("is empty") : std::nullopt;
    if (value.size() > at.max_bytes) return fmt::format("is longer than {} bytes", at.max_bytes);
    if (value.front() == ' ' || value.back() == ' ') return "begins or ends with a blank";
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (std::ranges::any_of(value, is_control)) return "has a control character";
    return std::nullopt;
}

result<directory_row> read_row(const csv_record& record, const column_order& order) {
    if (record.fields.size() != order.size()) {
        return wrong_line(record.line, fmt::format("has {} columns instead of {}", record.fields.size(), order.size()));
    }
    directory_row row;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (auto problem = problem_of(*order[i], record.fields[i])) {
            return wrong_column(record.line, order[i]->name, *problem);
        }
        row.*(order[i]->value) = record.fields[i];
    }
    if (!row.lock_uuid.empty() && row.cloud_account.empty()) {
        return wrong_column(record.line, "cloud_account", "is empty, but lock_uuid is not");
    }
    return row;
}

// Remembers where each room and each lock was first named.
class uniqueness {
  public:
    result<> check(const directory_row& row, std::size_t line) {
        const auto room = joined({row.pms_id, row.hotel_no, row.room_id});
        if (const auto [at, added] = rooms_.emplace(room, line); !added) {
            return wrong_column(
                line, "room_id",
                fmt::format("'{}' of hotel '{}' is in line {} already", row.room_id, row.hotel_no, at->second));
        }
        if (row.lock_uuid.empty()) return {};
        const auto lock = joined({row.cloud_account, row.lock_uuid});
        if (const auto [at, added] = locks_.emplace(lock, line); !added) {
            return wrong_column(line, "lock_uuid",
                                fmt::format("'{}' belongs to the room in line {} already", row.lock_uuid, at->second));
        }
        return {};
    }

  private:
    // Values hold no control characters, so that one may stand between them.
    static std::string joined(std::initializer_list<std::string_view> parts) {
        return fmt::format("{}", fmt::join(parts, "\x1F"));
    }

    std::unordered_map<std::string, std::size_t> rooms_;
    std::unordered_map<std::string, std::size_t> locks_;
};

void append_csv_value(std::string& out, std::string_view value) {
    if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += value;
        return;
    }
    out += '"';
    for (const char c : value) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

}  // namespace

result<std::vector<directory_row>> parse_directory_csv(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    csv_reader reader(text);
    csv_record record;

    const auto has_header = reader.next(record);
    if (!has_header) return std::unexpected(has_header.error());
    if (!*has_header) return wrong_line(1, fmt::format("the file is empty; its header is {}", directory_csv_header));
    const auto order = read_header(record);
    if (!order) return std::unexpected(order.error());

    std::vector<directory_row> rows;
    uniqueness seen;
    while (true) {
        const auto more = reader.next(record);
        if (!more) return std::unexpected(more.error());
        if (!*more) return rows;
        if (rows.size() == limits::directory_rows) {
            return fail(errc::too_large, fmt::format("line {}: the file has more than {} rooms; split it", record.line,
                                                     limits::directory_rows));
        }
        auto row = read_row(record, *order);
        if (!row) return std::unexpected(row.error());
        if (auto unique = seen.check(*row, record.line); !unique) return std::unexpected(unique.error());
        rows.push_back(std::move(*row));
    }
}

std::string write_directory_csv(const std::vector<directory_row>& rows) {
    std::string out(directory_csv_header);
    out += '\n';
    for (const auto& row : rows) {
        for (const auto& at : columns) {
            if (&at != &columns.front()) out += ',';
            append_csv_value(out, row.*(at.value));
        }
        out += '\n';
    }
    return out;
}

}  // namespace lockhub
