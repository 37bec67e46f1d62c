#include "schemas/domain/csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lockhub {
namespace {

std::unexpected<error> wrong(std::size_t line, std::size_t column, std::string_view what) {
    return fail(errc::invalid_input, fmt::format("line {}, column {}: {}", line, column, what));
}

}  // namespace

result<bool> csv_reader::next(csv_record& out) {
    while (!rest_.empty() && at_line_end()) skip_line_end();
    if (rest_.empty()) return false;
    out.line = line_;
    out.fields.clear();
    while (true) {
        const std::size_t column = out.fields.size() + 1;
        auto value = rest_.starts_with('"') ? quoted_value(column) : plain_value(column);
        if (!value) return std::unexpected(value.error());
        out.fields.push_back(std::move(*value));
        if (at_line_end()) break;
        rest_.remove_prefix(1);  // the comma
    }
    skip_line_end();
    return true;
}

result<std::string> csv_reader::quoted_value(std::size_t column) {
    const std::size_t begun_at = line_;
    rest_.remove_prefix(1);
    std::string value;
    while (true) {
        const auto quote = rest_.find('"');
        if (quote == std::string_view::npos) return wrong(begun_at, column, "the quoted value does not end");
        const auto piece = rest_.substr(0, quote);
        value += piece;
        line_ += static_cast<std::size_t>(std::ranges::count(piece, '\n'));
        rest_.remove_prefix(quote + 1);
        if (!rest_.starts_with('"')) break;
        value += '"';
        rest_.remove_prefix(1);
    }
    if (!at_line_end() && !rest_.starts_with(',')) return wrong(line_, column, "text follows the closing quote");
    return value;
}

result<std::string> csv_reader::plain_value(std::size_t column) {
    const auto end = std::min(rest_.find_first_of(",\n"), rest_.size());
    auto value = rest_.substr(0, end);
    const bool ends_line = end == rest_.size() || rest_[end] == '\n';
    if (ends_line && value.ends_with('\r') && end < rest_.size()) value.remove_suffix(1);
    if (value.contains('"')) return wrong(line_, column, "a quote stands inside an unquoted value");
    rest_.remove_prefix(value.size());
    return std::string(value);
}

void csv_reader::skip_line_end() {
    if (rest_.starts_with('\r')) rest_.remove_prefix(1);
    if (rest_.empty()) return;
    rest_.remove_prefix(1);
    ++line_;
}

}  // namespace lockhub
