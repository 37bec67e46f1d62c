#pragma once
// What a command prints and how it ends. Commands build text; only cli.cpp writes it.
#include <string>
#include <string_view>
#include <vector>

#include "hub/cli/cli.hpp"
#include "schemas/core/result.hpp"

namespace lockhub::hub {

struct printed {
    int code = exit_code::ok;
    std::string out;
    std::string err;
};

// "lockhub: sentence\n" on the error side.
printed failure(int code, std::string_view sentence);
printed failure(const error& why);  // invalid_input: bad usage; everything else: failed
printed unreachable(
    const error& why);  // of a call to the service. invalid_input: bad usage; everything else: unreachable

// Rows in aligned columns under a heading; Chinese characters count two columns, control characters become blanks, so
// that what a PMS answered cannot steer the terminal.
class table {
  public:
    explicit table(std::vector<std::string> heading) { rows_.push_back(std::move(heading)); }
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    bool empty() const { return rows_.size() == 1; }
    std::string text() const;

  private:
    std::vector<std::vector<std::string>> rows_;
};

std::size_t display_width(std::string_view text);
std::string without_controls(std::string_view text);
std::string shortened(std::string_view text, std::size_t width);  // ends in "…" where it was cut

}  // namespace lockhub::hub
