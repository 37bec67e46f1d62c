#pragma once
// How a co_await may stand: one a statement; at its start, after `=` or after `co_return`; not in a condition or a
// conditional, and with no brace initialiser beside it. Compilers have got the other forms wrong.
#include "tests/tidy/source_file.hpp"

namespace lockhub::tidy {

violations awaits_stand_alone(const source_file& file);

}  // namespace lockhub::tidy
