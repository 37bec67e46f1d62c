#pragma once
// Reading JSON strictly with simdjson On-Demand, which by itself checks only what is looked at: everything here looks
// at every token. Includes simdjson.h: for the few .cpp files that parse.
#include <simdjson.h>

#include <string>
#include <string_view>

#include "schemas/core/result.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::wire {

// A parser with its padded copy of the text, reused from document to document. One thread. Views handed out live until
// the next open. Memory stays at the size of the largest text opened.
class json_scan {
  public:
    struct scalar {
        json_value::kind kind = json_value::kind::null;
        std::string_view text;  // a string unescaped; a number, true or false as written; "" for null
    };

    // Fails for what can be seen before reading: no text, bytes that are not UTF-8, an open string.
    result<simdjson::ondemand::document*> open(std::string_view text);
    // Fails when something stands after the document. To be called when the document has been read to its end.
    result<> finish();

    result<scalar> read_scalar(simdjson::ondemand::value value);
    // Reads any value to its end. `depth` is the number of containers around it. Where `compact` is given, the value's
    // text is appended to it as written, but without the blanks between tokens.
    result<> read(simdjson::ondemand::value value, std::size_t depth, json_value& out, std::string* compact = nullptr);
    // A document that is a scalar as a whole.
    result<json_value> read_scalar_document();

    std::unexpected<error> broken(simdjson::error_code code);

  private:
    result<> read_object(simdjson::ondemand::value value, std::size_t depth, json_value& out, std::string* compact);
    result<> read_array(simdjson::ondemand::value value, std::size_t depth, json_value& out, std::string* compact);

    simdjson::ondemand::parser parser_;
    std::string padded_;
    std::size_t size_ = 0;
    simdjson::ondemand::document document_;
};

}  // namespace lockhub::wire
