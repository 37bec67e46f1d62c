// Any bytes as a form body: what is read, encoded and read again is the same.
#include "schemas/wire/form.hpp"

#include <cstdint>

#include "schemas/core/limits.hpp"
#include "schemas/core/utf8.hpp"
#include "tests/fuzz/require.hpp"

using namespace lockhub;
using lockhub::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto form = wire::form::parse({reinterpret_cast<const char*>(data), size});
    if (!form) {
        require(form.error().code == errc::invalid_input, "a form is refused as invalid input");
        return 0;
    }
    require(form->fields().size() <= limits::form_fields, "fields are bounded");
    for (const auto& [name, value] : form->fields()) require(is_utf8(name) && is_utf8(value), "fields are UTF-8");
    const auto again = wire::form::parse(form->encode());
    require(again && again->fields() == form->fields(), "an encoded form reads back the same");
    return 0;
}
