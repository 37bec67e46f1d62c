#pragma once
// CSV records (RFC 4180), LF or CRLF, one at a time. Empty lines are skipped.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"

namespace lockhub {

struct csv_record {
    std::size_t line = 0;  // where the record begins, from 1
    std::vector<std::string> fields;
};

class csv_reader {
  public:
    explicit csv_reader(std::string_view text) : rest_(text) {}  // the text must outlive the reader

    // False at the end. Fails (invalid_input) for a quote that stands or ends wrongly, naming line and column number.
    result<bool> next(csv_record& out);

  private:
    result<std::string> quoted_value(std::size_t column);
    result<std::string> plain_value(std::size_t column);
    bool at_line_end() const { return rest_.empty() || rest_.starts_with('\n') || rest_.starts_with("\r\n"); }
    void skip_line_end();

    std::string_view rest_;
    std::size_t line_ = 1;
};

}  // namespace lockhub
