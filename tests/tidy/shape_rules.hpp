#pragma once
// Sizes, names and places.
#include "tests/tidy/source_file.hpp"

namespace lockhub::tidy {

violations files_stay_short(const source_file& file);      // 400 lines
violations functions_stay_short(const source_file& file);  // 60 lines between the braces
violations headers_are_guarded(const source_file& file);   // #pragma once, first line
violations names_are_snake_case(const source_file& file);  // of files and folders

}  // namespace lockhub::tidy
